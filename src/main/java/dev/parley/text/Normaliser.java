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

    private Normaliser() {}

    /**
     * The folded copy of a text.
     *
     * @param text as written, in NFC
     */
    public static NormalisedText normalise(String text) {
        var folded = Folded.of(text);
        return new Line(folded, Disguises.english()).read();
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
        private char[] chars = new char[64];
        private int[] starts = new int[64];
        private int[] ends = new int[64];
        private int length;

        Line(Folded folded, Disguises disguises) {
            this.folded = folded;
            this.disguises = disguises;
            this.latinText = isMostlyLatin(folded);
        }

        NormalisedText read() {
            append(' ', 0, 0);
            var tokens = tokens();
            for (int i = 0; i < tokens.size(); ) {
                int joined = joinedUntil(tokens, i);
                if (joined - i >= FEWEST_JOINED) {
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
                case '\'', '’' -> before && after; // don't
                default -> false;
            };
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
            boolean spaced = false;
            while (until < tokens.size() && tokens.get(until).isSingle(folded)) {
                int gapStart = tokens.get(until - 1).end();
                int gapEnd = tokens.get(until).start();
                boolean gapSpaced = isSpacedGap(gapStart, gapEnd);
                if (!gapSpaced && !isPunctuationGap(gapStart, gapEnd)) break;
                if (until > from + 1 && gapSpaced != spaced) break;
                spaced = gapSpaced;
                until++;
            }
            return until;
        }

        /** One space, or a full stop between two. */
        private boolean isSpacedGap(int start, int end) {
            if (end - start == 1) return folded.charAt(start) == ' ';
            return end - start == 3 && " . ".contentEquals(folded.subSequence(start, end));
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
                        && isSpacedGap(tokens.get(i - 1).end(), tokens.get(i).start())) {
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
            for (int i = from; i < to; i++) addToWord(tokens.get(i).start(), tokens.get(i).end());
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
                for (char c : Character.toChars(word.at(i))) append(c, word.start(i), word.end(i));
            }
            if (word.length() > 0) space();
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
