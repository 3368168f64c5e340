package dev.parley.comment;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.text.SpoofChecker.RestrictionLevel;
import com.ibm.icu.text.UnicodeSet;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a link in a comment leads: an http or https address with a plain host, no user part and no trick.
 *
 * @param href the address with its host in ASCII
 * @param host the host as readers may see it: in punycode where its scripts mix or its letters are unusual
 * @param shown the address with that host
 */
record LinkTarget(String href, String host, String shown) {

    private static final int MAX_LENGTH = 2_000;
    private static final int MAX_PORT = 65_535;

    private static final IDNA NAMES =
            IDNA.getUTS46Instance(
                    IDNA.USE_STD3_RULES
                            | IDNA.CHECK_BIDI
                            | IDNA.CHECK_CONTEXTJ
                            | IDNA.NONTRANSITIONAL_TO_ASCII
                            | IDNA.NONTRANSITIONAL_TO_UNICODE);

    /** One script for the whole host, from the letters that are recommended for names. */
    private static final SpoofChecker SCRIPTS =
            new SpoofChecker.Builder()
                    .setChecks(
                            SpoofChecker.RESTRICTION_LEVEL
                                    | SpoofChecker.CHAR_LIMIT
                                    | SpoofChecker.INVISIBLE
                                    | SpoofChecker.MIXED_NUMBERS)
                    .setRestrictionLevel(RestrictionLevel.SINGLE_SCRIPT_RESTRICTIVE)
                    .setAllowedChars(new UnicodeSet(SpoofChecker.RECOMMENDED).add('.').freeze())
                    .build();

    /** The target of an address as it was written, or null if no link should lead there. */
    static @Nullable LinkTarget of(String written) {
        int authority = afterScheme(written);
        if (authority < 0 || written.length() > MAX_LENGTH || !isPlain(written)) {
            return null;
        }
        int rest = authority;
        while (rest < written.length() && "/?#".indexOf(written.charAt(rest)) < 0) {
            rest++;
        }
        int port = written.indexOf(':', authority);
        int hostEnd = port >= 0 && port < rest ? port : rest;
        if (!portIsValid(written.substring(hostEnd, rest))) {
            return null;
        }
        var ascii = ascii(written.substring(authority, hostEnd));
        if (ascii == null) {
            return null;
        }
        var scheme = written.substring(0, authority).toLowerCase(Locale.ROOT);
        var tail = written.substring(hostEnd);
        var host = shown(ascii);
        return new LinkTarget(scheme + ascii + tail, host, scheme + host + tail);
    }

    /** The text of a link; if it is an address itself, with its host as {@link #shown()} has it. */
    static String plainHosts(String text) {
        var bare = BareLink.after(text, 0);
        return bare == null
                ? text
                : text.substring(0, bare.start()) + bare.target().shown() + text.substring(bare.end());
    }

    private static int afterScheme(String written) {
        if (written.regionMatches(true, 0, "https://", 0, 8)) {
            return 8;
        }
        return written.regionMatches(true, 0, "http://", 0, 7) ? 7 : -1;
    }

    /** Without the signs that browsers drop or turn round, so that they read the address as we do. */
    private static boolean isPlain(String written) {
        return written.codePoints().noneMatch(LinkTarget::deceives);
    }

    private static boolean deceives(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE ->
                    true;
            default -> c == '\\';
        };
    }

    private static boolean portIsValid(String port) {
        if (port.isEmpty()) {
            return true;
        }
        var digits = port.substring(1);
        return digits.length() <= 5
                && !digits.isEmpty()
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(digits) <= MAX_PORT;
    }

    private static @Nullable String ascii(String host) {
        if (host.isEmpty() || host.length() > 253 || host.indexOf('@') >= 0 || host.indexOf('%') >= 0) {
            return null;
        }
        var info = new IDNA.Info();
        var ascii = NAMES.nameToASCII(host, new StringBuilder(), info).toString();
        return info.hasErrors() || ascii.isEmpty() || ascii.startsWith(".") ? null : ascii;
    }

    private static String shown(String ascii) {
        if (!ascii.contains("xn--")) {
            return ascii;
        }
        var unicode = NAMES.nameToUnicode(ascii, new StringBuilder(), new IDNA.Info()).toString();
        return SCRIPTS.failsChecks(unicode) ? ascii : unicode;
    }
}
