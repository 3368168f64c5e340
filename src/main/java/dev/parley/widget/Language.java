package dev.parley.widget;

import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.text.PluralRules;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DecimalStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A language that the framed page speaks. */
enum Language {
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

    /** That of the tag, regions aside; null if we don't speak it. */
    static @Nullable Language of(@Nullable String tag) {
        var wanted = tag == null ? "" : Locale.forLanguageTag(tag).getLanguage();
        for (var language : values()) {
            if (language.tag.equals(wanted)) {
                return language;
            }
        }
        return null;
    }

    /** As {@link #of}, or English. */
    static Language orEnglish(@Nullable String tag) {
        var language = of(tag);
        return language == null ? EN : language;
    }

    public String tag() {
        return tag;
    }

    /** {@code ltr} or {@code rtl}. */
    public String direction() {
        return direction;
    }

    Locale locale() {
        return locale;
    }

    /** The language with its digits, which browsers and libraries disagree on where nobody says. */
    Locale numbers() {
        return numbers;
    }

    /** The plural category of a count: {@code one}, {@code few} and so on. */
    String form(long count) {
        return plurals.select(count);
    }

    /** The number in this language's digits. */
    String number(long count) {
        return NumberFormat.getIntegerInstance(numbers).format(count);
    }

    /** The minute in UTC. */
    String date(Instant time) {
        return DateTimeFormatter.ofPattern(texts().datePattern(), locale)
                .withDecimalStyle(DecimalStyle.of(numbers))
                .withZone(ZoneOffset.UTC)
                .format(time);
    }

    WidgetTexts texts() {
        return this == EN
                ? MessageBundles.get(WidgetTexts.class)
                : MessageBundles.get(WidgetTexts.class, Localized.Literal.of(tag));
    }

    /** The page's heading over so many comments. */
    String comments(long count) {
        return texts().comments(form(count), number(count));
    }
}
