package dev.parley.reader;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DecimalStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A language of the reader's own pages. */
enum Language {
    EN("en", "ltr"),
    DE("de", "ltr"),
    AR("ar", "rtl");

    private final String tag;
    private final String direction;
    private final Locale locale;

    Language(String tag, String direction) {
        this.tag = tag;
        this.direction = direction;
        this.locale = Locale.forLanguageTag(tag);
    }

    /** The first of these tags that we speak, regions aside; else English. */
    static Language of(@Nullable String... tags) {
        for (var wanted : tags) {
            for (var language : values()) {
                if (wanted != null && Locale.forLanguageTag(wanted).getLanguage().equals(language.tag)) {
                    return language;
                }
            }
        }
        return EN;
    }

    public String tag() {
        return tag;
    }

    /** {@code ltr} or {@code rtl}. */
    public String direction() {
        return direction;
    }

    /** The minute in UTC. */
    String time(Instant time) {
        return DateTimeFormatter.ofPattern(texts().timePattern(), locale)
                .withDecimalStyle(DecimalStyle.of(locale))
                .withZone(ZoneOffset.UTC)
                .format(time);
    }

    MeTexts texts() {
        return this == EN
                ? MessageBundles.get(MeTexts.class)
                : MessageBundles.get(MeTexts.class, Localized.Literal.of(tag));
    }
}
