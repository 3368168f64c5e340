package dev.parley.privacy;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.text.SpoofChecker.RestrictionLevel;
import dev.parley.platform.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's email address. Nothing outside this package can read it back: it has no public accessor, prints as {@code
 * <email>}, and JSON refuses it.
 *
 * <p>Two addresses are equal if their normalised forms are: spaces around it removed; the domain mapped to ASCII and
 * lower case (UTS 46, as web browsers do); the local part composed (NFC) and in lower case. Dots and plus tags are
 * kept, since only some mail servers ignore them.
 */
@JsonSerialize(using = NeverWritten.class)
public final class EmailAddress {

    private static final int MAX_TOTAL = 254; // RFC 5321, 4.5.3.1.3, without the angle brackets
    private static final int MAX_LOCAL = 64;
    private static final int MAX_LABEL = 63;
    private static final int MAX_MARKS = 4;

    /** The characters of RFC 5322's atext that are neither letters nor digits. Quoted local parts are refused. */
    private static final String ATEXT = "!#$%&'*+-/=?^_`{|}~";

    private static final IDNA IDN =
            IDNA.getUTS46Instance(
                    IDNA.USE_STD3_RULES
                            | IDNA.CHECK_BIDI
                            | IDNA.CHECK_CONTEXTJ
                            | IDNA.NONTRANSITIONAL_TO_ASCII
                            | IDNA.NONTRANSITIONAL_TO_UNICODE);

    /** Scripts may mix in a label only as they do in real names, such as Latin with Han: not Latin with Cyrillic. */
    private static final SpoofChecker SCRIPTS =
            new SpoofChecker.Builder()
                    .setChecks(SpoofChecker.RESTRICTION_LEVEL)
                    .setRestrictionLevel(RestrictionLevel.HIGHLY_RESTRICTIVE)
                    .build();

    private final String typed;
    private final String normalised;

    private EmailAddress(String typed, String normalised) {
        this.typed = typed;
        this.normalised = normalised;
    }

    /**
     * Reads what somebody typed. Takes time linear in the length, and refuses over-long text before it is looked at.
     *
     * @throws InvalidInput for the field {@code email}; never repeats the value
     */
    public static EmailAddress parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw refused("must be given");
        }
        if (text.length() > 2 * MAX_TOTAL) {
            throw refused("must be at most 254 characters long");
        }
        String typed = withoutSpacesAround(text);
        int at = typed.indexOf('@');
        if (at <= 0 || at != typed.lastIndexOf('@')) {
            throw refused("must be one address such as name@example.org");
        }
        String normalised = local(typed.substring(0, at)) + '@' + domain(typed.substring(at + 1));
        if (typed.length() > MAX_TOTAL || octets(normalised) > MAX_TOTAL) {
            throw refused("must be at most 254 characters long");
        }
        return new EmailAddress(typed, normalised);
    }

    /** What was typed, for the mail that is sent and for an audited reveal. */
    String typed() {
        return typed;
    }

    /** What look-ups are made from. */
    String normalised() {
        return normalised;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EmailAddress that && normalised.equals(that.normalised);
    }

    @Override
    public int hashCode() {
        return normalised.hashCode();
    }

    @Override
    public String toString() {
        return "<email>";
    }

    /** Only U+0020: a line break or a tab is no slip of the keyboard but an attempt. */
    private static String withoutSpacesAround(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) == ' ') {
            start++;
        }
        while (end > start && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(start, end);
    }

    private static String local(String typed) {
        String composed = Normalizer.normalize(typed, Normalizer.Form.NFC);
        boolean dot = true; // as if one stood before the first character
        int marks = 0;
        for (int i = 0, c; i < composed.length(); i += Character.charCount(c)) {
            c = composed.codePointAt(i);
            if (c == '.') {
                if (dot) {
                    throw refused("has a dot in the wrong place before the @");
                }
                dot = true;
                continue;
            }
            marks = isMark(c) ? marks + 1 : 0;
            boolean known =
                    c < 128
                            ? Character.isLetterOrDigit(c) || ATEXT.indexOf(c) >= 0
                            : Character.isLetterOrDigit(c) || (isMark(c) && !dot && marks <= MAX_MARKS);
            if (!known) {
                throw refused("has a character before the @ that is not accepted");
            }
            dot = false;
        }
        // "=?" opens an encoded word in a mail header, and would be shown as something else.
        if (dot || composed.contains("=?") || octets(composed) > MAX_LOCAL) {
            throw refused("is not valid before the @");
        }
        return composed.toLowerCase(Locale.ROOT);
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static String domain(String typed) {
        boolean plain = true;
        for (int i = 0; i < typed.length(); i++) {
            plain &= typed.charAt(i) < 128;
        }
        String lower = typed.toLowerCase(Locale.ROOT);
        String ascii = plain && !lower.contains("xn--") ? lower : international(typed);
        String[] labels = ascii.split("\\.", -1);
        if (labels.length < 2) {
            throw refused("must have a full domain after the @");
        }
        for (var label : labels) {
            if (!isHostLabel(label)) {
                throw refused("has a domain that is not valid");
            }
        }
        if (labels[labels.length - 1].chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw refused("must have a domain name after the @, not a number");
        }
        return ascii;
    }

    private static String international(String typed) {
        // UTS 46 drops what can't be seen; we refuse it, since the address is kept as it was typed.
        if (!typed.codePoints().allMatch(EmailAddress::canStandInDomain)) {
            throw refused("has a domain that is not valid");
        }
        var info = new IDNA.Info();
        String ascii = IDN.nameToASCII(typed, new StringBuilder(), info).toString();
        if (info.hasErrors()) {
            throw refused("has a domain that is not valid");
        }
        String unicode = IDN.nameToUnicode(ascii, new StringBuilder(), info).toString();
        for (var label : unicode.split("\\.", -1)) {
            if (info.hasErrors() || SCRIPTS.failsChecks(label)) {
                throw refused("has a domain that mixes scripts");
            }
        }
        return ascii.toLowerCase(Locale.ROOT);
    }

    private static boolean canStandInDomain(int c) {
        return c < 128
                || Character.isLetterOrDigit(c)
                || isMark(c)
                || c == '\u3002' // ideographic full stop
                || c == '\u200c' // joiners, where UTS 46 finds them in place
                || c == '\u200d';
    }

    private static boolean isHostLabel(String label) {
        if (label.isEmpty() || label.length() > MAX_LABEL || label.startsWith("-") || label.endsWith("-")) {
            return false;
        }
        return label.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static InvalidInput refused(String detail) {
        return new InvalidInput("email", detail);
    }
}
