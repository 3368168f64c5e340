package dev.parley.privacy;

import dev.parley.privacy.PersonalData.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds email addresses, also those written to be read by people only: "name [at] host dot org". From each sign that
 * could be an at, it looks a bounded way to both sides.
 */
final class WrittenEmails {

    private static final int MAX_LOCAL = 64;
    private static final int MAX_LABEL = 63;
    private static final int MAX_LABELS = 8;

    private static final String OPEN = "[\\[({<]";
    private static final String CLOSE = "[\\])}>]";

    /** Groups: 1 a sign, 2 a word in brackets, 3 a bare word. */
    private static final Pattern AT =
            Pattern.compile(
                    "( @ |@ ?)|( {0,2}+"
                            + OPEN
                            + " ?(?:at|ät|@|a|arobase|arroba|klammeraffe|собака|chez) ?"
                            + CLOSE
                            + " {0,2}+)|( (?:at|ät) )",
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** Groups: 1 a plain dot, 2 a word in brackets, 3 a bare word. */
    private static final Pattern DOT =
            Pattern.compile(
                    "(\\.)|( {0,2}+"
                            + OPEN
                            + " ?(?:dot|punkt|point|punto|ponto|точка|\\.) ?"
                            + CLOSE
                            + " {0,2}+)|( (?:dot|punkt) )",
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** A dot in words at the end of what stands before a name. */
    private static final Pattern DOT_BEFORE =
            Pattern.compile(
                    "(?: {0,2}" + OPEN + " ?(?:dot|punkt|point|punto|ponto|\\.) ?" + CLOSE + " {0,2}| (?:dot|punkt) )$",
                    Pattern.CASE_INSENSITIVE);

    private static final int LONGEST_DOT = 16;

    /** Words before a bare "at" that are no name: "look at example dot com". */
    private static final Set<String> NO_NAMES =
            Set.of(
                    "a",
                    "about",
                    "again",
                    "all",
                    "am",
                    "and",
                    "are",
                    "article",
                    "articles",
                    "available",
                    "be",
                    "bought",
                    "book",
                    "buy",
                    "check",
                    "found",
                    "from",
                    "glance",
                    "here",
                    "him",
                    "her",
                    "info",
                    "is",
                    "it",
                    "job",
                    "live",
                    "look",
                    "looked",
                    "looking",
                    "looks",
                    "me",
                    "more",
                    "news",
                    "not",
                    "now",
                    "of",
                    "on",
                    "online",
                    "or",
                    "order",
                    "out",
                    "page",
                    "photo",
                    "post",
                    "posted",
                    "published",
                    "read",
                    "report",
                    "saw",
                    "see",
                    "seen",
                    "shop",
                    "site",
                    "sold",
                    "story",
                    "that",
                    "the",
                    "them",
                    "there",
                    "they",
                    "this",
                    "up",
                    "us",
                    "visit",
                    "was",
                    "watch",
                    "website",
                    "were",
                    "work",
                    "worked",
                    "working",
                    "works",
                    "written",
                    "you");

    /** Hosts of mail boxes: at these a bare "at" with a plain dot means an address. */
    private static final Pattern MAIL_HOST =
            Pattern.compile(
                    "(?:gmail|googlemail|gmx|web|yahoo|ymail|hotmail|outlook|live|msn|icloud|aol|proton|protonmail|mail"
                            + "|posteo|mailbox|t-online|freenet|orange|laposte|free|libero|yandex|qq|163|zoho|tutanota|fastmail)"
                            + "\\.[a-z]{2,3}(?:\\.[a-z]{2})?");

    private final SeenText seen;
    private final List<Spot> spots = new ArrayList<>();

    /** Where the last address ended: no second one reaches into it. */
    private int free;

    private WrittenEmails(SeenText seen) {
        this.seen = seen;
    }

    static List<Spot> in(SeenText seen) {
        var search = new WrittenEmails(seen);
        var at = AT.matcher(seen.text());
        int from = 0;
        while (from < seen.length() && at.find(from)) {
            int end = search.look(at);
            from = Math.max(end, at.start() + 1);
        }
        return search.spots;
    }

    /** Where the address around this at ends, which was noted; 0 if there is none. */
    private int look(Matcher at) {
        int start = local(at.start());
        if (start < 0) {
            return 0;
        }
        var host = host(at.end());
        boolean bare = at.group(3) != null;
        if (host.end < 0 || (bare && !meant(host, seen.text().subSequence(start, at.start()).toString()))) {
            return 0;
        }
        spots.add(new Spot(seen.start(start), seen.end(host.end - 1), PersonalData.EMAIL));
        free = host.end;
        return host.end;
    }

    /** Whether "name at host" is an address and no sentence. */
    private static boolean meant(Host host, String name) {
        return !NO_NAMES.contains(name.toLowerCase(Locale.ROOT))
                && (host.inWords || MAIL_HOST.matcher(host.name.toString().toLowerCase(Locale.ROOT)).matches());
    }

    /** Where the part before an at begins; -1 if nothing stands there. */
    private int local(int end) {
        int start = name(end);
        // "john dot doe at …"
        for (int more = 0; start > free && more < 4; more++) {
            var before = DOT_BEFORE.matcher(seen.text()).region(Math.max(free, start - LONGEST_DOT), start);
            if (!before.find()) {
                break;
            }
            int further = name(before.start());
            if (further == before.start()) {
                break;
            }
            start = further;
        }
        return start < end ? start : -1;
    }

    private int name(int end) {
        int start = end;
        boolean unspaced = end > 0 && SeenText.isUnspaced(seen.at(end - 1));
        while (start > free
                && end - start < MAX_LOCAL
                && isLocal(seen.at(start - 1))
                && (!Character.isLetter(seen.at(start - 1)) || SeenText.isUnspaced(seen.at(start - 1)) == unspaced)) {
            start--;
        }
        // Signs of a sentence before the name are not part of it.
        while (start < end && ".'-!~".indexOf(seen.at(start)) >= 0) {
            start++;
        }
        return start;
    }

    private static boolean isLocal(char c) {
        return Character.isLetterOrDigit(c) || isMark(c) || Character.isSurrogate(c) || "._%+-'~!$^".indexOf(c) >= 0;
    }

    private static boolean isMark(char c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    /** What stands after an at: where it ends, -1 if it is no host. */
    private static final class Host {
        final StringBuilder name = new StringBuilder();
        int end = -1;
        boolean inWords;
    }

    private Host host(int from) {
        var host = new Host();
        var name = new StringBuilder();
        boolean unspaced = SeenText.isUnspaced(seen.at(from));
        boolean plainDot = false;
        boolean words = false;
        var dot = DOT.matcher(seen.text());
        int at = from;
        for (int labels = 1; labels <= MAX_LABELS; labels++) {
            int end = label(at, unspaced);
            if (end == at) {
                break;
            }
            name.append(seen.text(), at, end);
            if (labels > 1 && isTop(at, end)) {
                host.end = end;
                host.inWords = words;
                host.name.setLength(0);
                host.name.append(name);
            }
            if (!dot.region(end, seen.length()).lookingAt() || (dot.group(3) != null && plainDot)) {
                break;
            }
            plainDot |= dot.group(1) != null;
            words |= dot.group(1) == null;
            name.append('.');
            at = dot.end();
            unspaced = SeenText.isUnspaced(seen.at(at));
        }
        return host;
    }

    private int label(int from, boolean unspaced) {
        int end = from;
        while (end - from < MAX_LABEL
                && (Character.isLetterOrDigit(seen.at(end))
                        || isMark(seen.at(end))
                        || (seen.at(end) == '-' && end > from))
                && (!Character.isLetter(seen.at(end)) || SeenText.isUnspaced(seen.at(end)) == unspaced)) {
            end++;
        }
        while (end > from && seen.at(end - 1) == '-') {
            end--;
        }
        return end;
    }

    /** At least two letters, or an encoded name. */
    private boolean isTop(int start, int end) {
        boolean letters = end - start >= 2;
        for (int i = start; i < end && letters; i++) {
            letters = Character.isLetter(seen.at(i)) || isMark(seen.at(i));
        }
        return letters
                || (end - start > 4 && seen.text().subSequence(start, start + 4).toString().equalsIgnoreCase("xn--"));
    }
}
