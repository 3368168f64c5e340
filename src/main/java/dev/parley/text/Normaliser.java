package dev.parley.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the disguise off a text: compatibility forms, marks, hidden characters, look-alikes, digits for letters, spaced
 * or dotted letters, stars and swapped letters in words often hidden. Time is linear in the length, output at most a
 * few times the input. Any string is fine, lone surrogates included.
 */
public final class Normaliser {
    /** The token that stands before the host of every link. */
    public static final String LINK_MARK = "urlx";

    /** Fewer single letters in a row are initials. */
    private static final int FEWEST_JOINED = 3;

    private static final int LONGEST_SEPARATOR = 3;

    /** Signs that are part of a word only while they may stand for a letter of it. */
    private static final String UNREAD_SIGNS = "#%!+|@$";

    /** Words of fewer letters are not put together from pieces. */
    private static final int FEWEST_HIDDEN = 4;

    private Normaliser() {}

    /**
     * The folded copy of a text.
     *
     * @param text as written, in NFC
     */
    public static NormalisedText normalise(String text) {
        var folded = Folded.of(text);
        return new Line(folded, Disguises.all()).read();
    }

    /** A piece of the folded text: a word, a symbol, or a link. */
    private record Token(int start, int end, Links.@Nullable Place link) {
        boolean isSingle(Folded folded) {
            return link == null
                    && end - start == Character.charCount(folded.codePointAt(start))
                    && Character.isLetterOrDigit(folded.codePointAt(start));
        }
    }

    /** The state of one pass. */
    private static final class Line {
        private final Folded folded;
        private final Disguises disguises;
        private final boolean latinText;
        private final List<Link> links = new ArrayList<>();
        private final Word word = new Word();
        private char[] chars;
        private int[] starts;
        private int[] ends;
        private int length;

        Line(Folded folded, Disguises disguises) {
            this.folded = folded;
            this.disguises = disguises;
            this.latinText = isMostlyLatin(folded);
            int capacity = folded.length() + 16;
            chars = new char[capacity];
            starts = new int[capacity];
            ends = new int[capacity];
        }

        NormalisedText read() {
            append(' ', 0, 0);
            var tokens = tokens();
            for (int i = 0; i < tokens.size(); ) {
                int joined = joinedUntil(tokens, i);
                if (joined - i < FEWEST_JOINED) joined = knownUntil(tokens, i);
                if (joined > i + 1) {
                    join(tokens, i, joined);
                    i = joined;
                } else {
                    var token = tokens.get(i++);
                    if (token.link() == null) word(token.start(), token.end());
                    else link(token.link());
                }
            }
            return new NormalisedText(
                    new String(chars, 0, length), Arrays.copyOf(starts, length), Arrays.copyOf(ends, length), links);
        }

        private List<Token> tokens() {
            var tokens = new ArrayList<Token>();
            var places = Links.places(folded);
            int next = 0;
            for (int i = 0; i < folded.length(); ) {
                if (next < places.size() && places.get(next).start() == i) {
                    var place = places.get(next++);
                    tokens.add(new Token(place.start(), place.end(), place));
                    i = place.end();
                    continue;
                }
                int limit = next < places.size() ? places.get(next).start() : folded.length();
                int end = wordEnd(i, limit);
                if (end > i) tokens.add(new Token(i, end, null));
                i = end > i ? end : i + 1;
            }
            return tokens;
        }

        /** The end of the word that begins here, or its beginning if none does. */
        private int wordEnd(int start, int limit) {
            int cp = folded.codePointAt(start);
            if (standsAlone(cp)) return start + Character.charCount(cp);
            boolean emphasis = start > 0 && "*_".indexOf(folded.charAt(start - 1)) >= 0;
            int end = start;
            while (end < limit) {
                cp = folded.codePointAt(end);
                boolean inside = isWordCharacter(cp) || isSignInWord(cp, start, end, limit, emphasis);
                if (!inside || standsAlone(cp)) break;
                end += Character.charCount(cp);
            }
            int stars = 0;
            while (end - stars > start && folded.charAt(end - 1 - stars) == '*') stars++;
            return stars == 1 || stars == end - start ? end - stars : end;
        }

        private static boolean isWordCharacter(int cp) {
            return Character.isLetterOrDigit(cp)
                    || Character.getType(cp) == Character.NON_SPACING_MARK
                    || Character.getType(cp) == Character.COMBINING_SPACING_MARK;
        }

        private boolean isSignInWord(int cp, int start, int at, int limit, boolean emphasis) {
            boolean before = at > start;
            boolean after = at + 1 < limit && Character.isLetter(folded.codePointAt(at + 1));
            return switch (cp) {
                case '*' -> before && (!emphasis || after);
                case '@' -> after || (before && at + 1 < limit && "@$".indexOf(folded.charAt(at + 1)) >= 0);
                case '$' -> before || after;
                case '!', '+', '|' -> before && after;
                case '#', '%' -> before && (after ? isLetterBefore(at) : isMasked(start, at));
                case '\'', '’' -> before && after; // don't
                default -> false;
            };
        }

        private boolean isLetterBefore(int at) {
            return Character.isLetter(folded.charAt(at - 1)) || Disguises.isMask(folded.charAt(at - 1));
        }

        /** Whether the sign is one of several in a row behind letters, as in {@code f###}. */
        private boolean isMasked(int start, int at) {
            char sign = folded.charAt(at);
            boolean several = at + 1 < folded.length() && folded.charAt(at + 1) == sign;
            return Character.isLetter(folded.charAt(start)) && (several || folded.charAt(at - 1) == sign);
        }

        /** Symbols such as emoji, and letters of scripts written without spaces. */
        private static boolean standsAlone(int cp) {
            if (cp < 0x80) return false;
            int type = UCharacter.getType(cp);
            if (type == UCharacter.OTHER_SYMBOL) return true;
            if (!Character.isLetter(cp)) return false;
            return switch (UScript.getScript(cp)) {
                case UScript.HAN,
                        UScript.HIRAGANA,
                        UScript.KATAKANA,
                        UScript.THAI,
                        UScript.LAO,
                        UScript.KHMER,
                        UScript.MYANMAR ->
                        true;
                default -> false;
            };
        }

        /** How far single letters follow each other with the same kind of separator. */
        private int joinedUntil(List<Token> tokens, int from) {
            if (!tokens.get(from).isSingle(folded)) return from + 1;
            int until = from + 1;
            int width = 0; // of a spaced gap; a wider one parts two words that are both spaced
            while (until < tokens.size() && tokens.get(until).isSingle(folded)) {
                int gapStart = tokens.get(until - 1).end();
                int gapEnd = tokens.get(until).start();
                boolean gapSpaced = isSpacedGap(gapStart, gapEnd);
                if (!gapSpaced && !isPunctuationGap(gapStart, gapEnd)) break;
                int gapWidth = !gapSpaced ? 0 : isBlank(gapStart, gapEnd) ? gapEnd - gapStart : 1;
                if (until > from + 1 && gapWidth != width) break;
                width = gapWidth;
                until++;
            }
            return until;
        }

        /**
         * How far a word goes that is often hidden and is written in pieces ({@code fu.ck}), or letter by letter with
         * anything between ({@code f, u 👍 c, k}); behind {@code from} if there is none.
         */
        private int knownUntil(List<Token> tokens, int from) {
            int until = from + 1;
            if (tokens.get(from).link() != null || !mayGoOn(tokens, from)) return until;
            var pieces = new StringBuilder();
            boolean single = true;
            for (int i = from; i < tokens.size() && i < from + 2 * Disguises.LONGEST_KNOWN; i++) {
                var token = tokens.get(i);
                if (i > from && isTooFar(tokens.get(i - 1).end(), token.start(), single && token.isSingle(folded))) {
                    boolean afterSign = isSign(tokens.get(i - 1)) || isSign(token);
                    if (!afterSign || !single || token.start() - tokens.get(i - 1).end() > LONGEST_SEPARATOR) break;
                }
                if (isSign(token)) {
                    if (i == from) return until;
                    continue;
                }
                if (token.link() != null || pieces.length() + token.end() - token.start() > Disguises.LONGEST_KNOWN)
                    break;
                single &= token.isSingle(folded);
                pieces.append(folded.array(), token.start(), token.end() - token.start());
                if (i > from && pieces.length() >= FEWEST_HIDDEN && disguises.isKnown(pieces.toString())) until = i + 1;
            }
            return until;
        }

        /** Whether the next token could be a piece of the same word: nearly all words end here. */
        private boolean mayGoOn(List<Token> tokens, int at) {
            if (at + 1 == tokens.size()) return false;
            var next = tokens.get(at + 1);
            boolean apart = Character.isWhitespace(folded.charAt(tokens.get(at).end()));
            return !apart || (tokens.get(at).isSingle(folded) && (next.isSingle(folded) || isSign(next)));
        }

        private boolean isTooFar(int start, int end, boolean single) {
            if (end - start > LONGEST_SEPARATOR) return true;
            return !single && !isPunctuationGap(start, end);
        }

        private boolean isSign(Token token) {
            return token.link() == null
                    && UCharacter.getType(folded.codePointAt(token.start())) == UCharacter.OTHER_SYMBOL;
        }

        /** Up to three spaces, or a full stop between two. */
        private boolean isSpacedGap(int start, int end) {
            if (end - start <= LONGEST_SEPARATOR && isBlank(start, end)) return true;
            return end - start == 3 && " . ".contentEquals(folded.subSequence(start, end));
        }

        private boolean isBlank(int start, int end) {
            for (int i = start; i < end; i++) if (folded.charAt(i) != ' ') return false;
            return end > start;
        }

        private boolean isPunctuationGap(int start, int end) {
            if (start == end || end - start > LONGEST_SEPARATOR) return false;
            for (int i = start; i < end; i++) if (Character.isWhitespace(folded.charAt(i))) return false;
            return true;
        }

        private void join(List<Token> tokens, int from, int to) {
            var spelled = new StringBuilder();
            for (int i = from; i < to; i++) {
                if (i > from
                        && tokens.get(i).start() - tokens.get(i - 1).end() == 3
                        && folded.charAt(tokens.get(i).start() - 2) == '.') {
                    spelled.append('.');
                }
                spelled.appendCodePoint(folded.codePointAt(tokens.get(i).start()));
            }
            int start = folded.start(tokens.get(from).start());
            int end = folded.end(tokens.get(to - 1).end() - 1);
            var place = spelled.indexOf(".") < 0 ? null : Links.place(spelled, 0, spelled.length());
            if (place != null) {
                var host = spelled.substring(place.hostStart(), place.hostEnd());
                links.add(new Link(host, start, end));
                mark(start, end);
            }
            word.clear();
            for (int i = from; i < to; i++) {
                if (!isSign(tokens.get(i))) addToWord(tokens.get(i).start(), tokens.get(i).end());
            }
            finishWord();
        }

        private void link(Links.Place place) {
            int start = folded.start(place.start());
            int end = folded.end(place.end() - 1);
            links.add(new Link(folded.subSequence(place.hostStart(), place.hostEnd()).toString(), start, end));
            mark(start, end);
            for (int i = place.hostStart(); i < place.hostEnd(); ) {
                int labelEnd = i;
                while (labelEnd < place.hostEnd() && Character.isLetterOrDigit(folded.charAt(labelEnd))) labelEnd++;
                for (int j = i; j < labelEnd; j++) append(folded.charAt(j), folded.start(j), folded.end(j));
                if (labelEnd > i) space();
                i = labelEnd + 1;
            }
        }

        private void mark(int start, int end) {
            for (char c : LINK_MARK.toCharArray()) append(c, start, end);
            space();
        }

        private void word(int start, int end) {
            word.clear();
            addToWord(start, end);
            finishWord();
        }

        private void addToWord(int start, int end) {
            for (int i = start, cp; i < end; i += Character.charCount(cp)) {
                cp = folded.codePointAt(i);
                if (cp == '\'' || cp == '’') continue;
                word.add(cp, folded.start(i), folded.end(i));
            }
        }

        private void finishWord() {
            disguises.undo(word, latinText);
            for (int i = 0; i < word.length(); i++) {
                int cp = word.at(i);
                if (UNREAD_SIGNS.indexOf(cp) >= 0) {
                    if (length > 0 && chars[length - 1] != ' ') space();
                    continue;
                }
                if (cp < 0x10000) append((char) cp, word.start(i), word.end(i));
                else for (char c : Character.toChars(cp)) append(c, word.start(i), word.end(i));
            }
            if (chars[length - 1] != ' ') space();
        }

        private void space() {
            append(' ', ends[length - 1], ends[length - 1]);
        }

        private void append(char c, int start, int end) {
            if (length == chars.length) {
                chars = Arrays.copyOf(chars, length * 2);
                starts = Arrays.copyOf(starts, length * 2);
                ends = Arrays.copyOf(ends, length * 2);
            }
            chars[length] = c;
            starts[length] = start;
            ends[length++] = end;
        }

        private static boolean isMostlyLatin(Folded folded) {
            int latin = 0;
            int other = 0;
            for (int i = 0; i < folded.length(); i++) {
                char c = folded.charAt(i);
                if (c >= 'a' && c <= 'z') latin++;
                else if (c > 0x7F && Character.isLetter(c) && !Disguises.isClose(c)) other++;
            }
            return latin > other;
        }
    }
}
