package dev.parley.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds http, https and www links and bare domains, also when written {@code hxxp} or {@code spam[.]example}. */
public final class Links {
    /** Endings that make a bare name a link. Complete lists would make a link of every missing space. */
    private static final Set<String> ENDINGS =
            Set.of(
                    "com org net info biz edu gov mil int io ai app dev co gg tv cc ws fm ly gl xyz top site online store shop"
                            .split(" "));

    private static final Set<String> MORE_ENDINGS =
            Set.of(
                    ("club live fun icu vip win bid loan work click link space website blog news pro mobi name tech cloud"
                                    + " ru su ua by kz de fr uk eu nl pl pt es ch br cn jp kr tk ml ga cf pw invalid test"
                                    + " example onion se dk fi cz sk hu ro bg gr tr il ir ca au nz za mx ar cl")
                            .split(" "));

    /** Endings that are also words: a link only when a path follows. */
    private static final Set<String> WORD_ENDINGS =
            Set.of("me it is in so no to at be us my do as am id la sh st".split(" "));

    private static final String BREAKS = "()[]{}<>\"'|,;*`";

    private Links() {}

    /**
     * The links in a text.
     *
     * @param text as written by a reader
     * @return in order, with positions in that text; empty if there is none
     */
    public static List<Link> in(String text) {
        return Normaliser.normalise(text).links();
    }

    /** A link inside folded text: the whole from start to end, and its host. */
    record Place(int start, int end, int hostStart, int hostEnd) {}

    /**
     * Links of a folded text, positions in that text. Linear: every character is looked at a bounded number of times.
     */
    static List<Place> places(CharSequence text) {
        var places = new ArrayList<Place>();
        int i = 0;
        while (i < text.length()) {
            if (isBreak(text.charAt(i))) {
                i++;
                continue;
            }
            int end = i;
            while (end < text.length() && !isBreak(text.charAt(end))) end++;
            var place = place(text, i, end);
            if (place != null) places.add(place);
            i = end;
        }
        return places;
    }

    private static boolean isBreak(char c) {
        return Character.isWhitespace(c) || BREAKS.indexOf(c) >= 0;
    }

    /** The link in a run without white space or brackets, if it holds one. */
    static @Nullable Place place(CharSequence text, int from, int to) {
        int end = to;
        while (end > from && ".!?:".indexOf(text.charAt(end - 1)) >= 0) end--; // the end of the sentence
        int host = afterScheme(text, from, end);
        if (host >= 0) {
            int start = host - 3;
            while (start > from && Character.isLetter(text.charAt(start - 1))) start--;
            int hostEnd = hostEnd(text, host, end);
            int at = lastAt(text, host, hostEnd);
            return hostEnd > at ? new Place(start, end, at, hostEnd) : null;
        }
        int start = from;
        while (start < end && !Character.isLetterOrDigit(text.charAt(start))) start++;
        int hostEnd = hostEnd(text, start, end);
        if (lastAt(text, start, hostEnd) != start) return null; // an email address
        return isDomain(text, start, hostEnd, hostEnd < end && text.charAt(hostEnd) == '/')
                ? new Place(start, end, start, hostEnd)
                : null;
    }

    private static int afterScheme(CharSequence text, int from, int to) {
        for (int i = from; i + 2 < to; i++) {
            if (text.charAt(i) != ':' || text.charAt(i + 1) != '/' || text.charAt(i + 2) != '/') continue;
            int start = i;
            while (start > from && Character.isLetter(text.charAt(start - 1))) start--;
            var scheme = text.subSequence(start, i).toString();
            if (scheme.endsWith("http") || scheme.endsWith("https") || scheme.matches("hxxps?|h..ps?")) return i + 3;
            return -1;
        }
        return -1;
    }

    private static int hostEnd(CharSequence text, int from, int to) {
        int end = from;
        while (end < to && "/?#:\\".indexOf(text.charAt(end)) < 0) end++;
        while (end > from && text.charAt(end - 1) == '.') end--;
        return end;
    }

    private static int lastAt(CharSequence text, int from, int to) {
        for (int i = to - 1; i >= from; i--) if (text.charAt(i) == '@') return i + 1;
        return from;
    }

    private static boolean isDomain(CharSequence text, int from, int to, boolean pathFollows) {
        int labels = 0;
        int labelStart = from;
        for (int i = from; i <= to; i++) {
            if (i == to || text.charAt(i) == '.') {
                if (i == labelStart || i - labelStart > 63) return false;
                labels++;
                if (i < to) labelStart = i + 1;
            } else if (!Character.isLetterOrDigit(text.charAt(i)) && text.charAt(i) != '-') {
                return false;
            }
        }
        if (labels < 2) return false;
        if (to - from > 4 && "www.".contentEquals(text.subSequence(from, from + 4)) && labels > 2) return true;
        var ending = text.subSequence(labelStart, to).toString();
        return ENDINGS.contains(ending)
                || MORE_ENDINGS.contains(ending)
                || ending.startsWith("xn--")
                || (pathFollows && WORD_ENDINGS.contains(ending));
    }
}
