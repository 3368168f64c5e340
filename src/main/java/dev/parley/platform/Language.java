package dev.parley.platform;

import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.text.PluralRules;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DecimalStyle;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A language that pages and mails are written in. One more needs a file beside each message bundle. */
public enum Language {
    EN("en", "ltr", "latn"),
    DE("de", "ltr", "latn"),
    AR("ar", "rtl", "arab");

    private final String tag;
    private final String direction;
    private final Locale locale;
    private final Locale numbers;
    private final PluralRules plurals;

    Language(String tag, String direction, String digits) {
        this.tag = tag;
        this.direction = direction;
        this.locale = Locale.forLanguageTag(tag);
        this.numbers = Locale.forLanguageTag(tag + "-u-nu-" + digits);
        this.plurals = PluralRules.forLocale(locale);
    }

    /** That of the tag, regions aside; empty if nothing is written in it. */
    public static Optional<Language> find(@Nullable String tag) {
        var wanted = tag == null ? "" : Locale.forLanguageTag(tag).getLanguage();
        return Arrays.stream(values()).filter(language -> language.tag.equals(wanted)).findFirst();
    }

    /** The first of these tags that is known; else English. */
    public static Language of(@Nullable String... tags) {
        return Stream.of(tags).flatMap(tag -> find(tag).stream()).findFirst().orElse(EN);
    }

    /** As in BCP 47, such as {@code de}. */
    public String tag() {
        return tag;
    }

    /** {@code ltr} or {@code rtl}. */
    public String direction() {
        return direction;
    }

    public Locale locale() {
        return locale;
    }

    /** The language with its digits, which browsers and libraries disagree on where nobody says. */
    public Locale numbers() {
        return numbers;
    }

    /** The plural category of a count: {@code one}, {@code few} and so on (Unicode CLDR). */
    public String form(long count) {
        return plurals.select(count);
    }

    /** The number in this language's digits. */
    public String number(long count) {
        return NumberFormat.getIntegerInstance(numbers).format(count);
    }

    /** The time in UTC, by a pattern of {@link DateTimeFormatter}. */
    public String time(Instant time, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, locale)
                .withDecimalStyle(DecimalStyle.of(numbers))
                .withZone(ZoneOffset.UTC)
                .format(time);
    }

    /** The messages of a bundle in this language. */
    public <T> T texts(Class<T> bundle) {
        return this == EN ? MessageBundles.get(bundle) : MessageBundles.get(bundle, Localized.Literal.of(tag));
    }
}
