package dev.parley.standalone.newspaper;

import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A language in which the Gazette appears, and the sites of Parley under which it is discussed. */
enum Edition {
    ENGLISH("en", "ltr", "English", "", "EEEE, d MMMM yyyy", List.of("gazette", "gazette-sport")),
    GERMAN("de", "ltr", "Deutsch", "/de", "EEEE, d. MMMM yyyy", List.of("gazette-de")),
    ARABIC("ar", "rtl", "العربية", "/ar", "EEEE، d MMMM yyyy", List.of("gazette-ar"));

    private final String language;
    private final String direction;
    private final String label;
    private final String prefix;
    private final String day;
    private final List<String> sites;

    Edition(String language, String direction, String label, String prefix, String day, List<String> sites) {
        this.language = language;
        this.direction = direction;
        this.label = label;
        this.prefix = prefix;
        this.day = day;
        this.sites = sites;
    }

    public String language() {
        return language;
    }

    public String direction() {
        return direction;
    }

    /** Its own name for its language. */
    public String label() {
        return label;
    }

    /** Address of its front page. */
    public String home() {
        return prefix.isEmpty() ? "/" : prefix;
    }

    /** The site whose recent comments stand on its front page. */
    public String mainSite() {
        return sites.getFirst();
    }

    Locale locale() {
        return Locale.forLanguageTag(language);
    }

    /** What its addresses begin with; empty for the first one. */
    String prefix() {
        return prefix;
    }

    /** How it writes a day, for a formatter. */
    String day() {
        return day;
    }

    List<String> sites() {
        return sites;
    }

    /** A number in its digits. */
    public String number(int number) {
        return NumberFormat.getIntegerInstance(locale()).format(number);
    }

    static Optional<Edition> ofSite(String site) {
        for (var edition : values()) {
            if (edition.sites.contains(site)) {
                return Optional.of(edition);
            }
        }
        return Optional.empty();
    }
}
