package dev.parley.standalone.newspaper;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * An article of the newspaper.
 *
 * @param site the Parley site under which it is discussed
 * @param kicker the word above the title
 * @param art name of its illustration
 */
public record Story(
        String key,
        String site,
        String category,
        String kicker,
        String title,
        String standfirst,
        String author,
        Instant published,
        String art,
        List<String> paragraphs) {

    private static final int WORDS_A_MINUTE = 220;

    public String href() {
        return site.equals("herald") ? "/herald" : edition().prefix() + "/articles/" + key;
    }

    public String day() {
        return DateTimeFormatter.ofPattern(edition().day())
                .localizedBy(edition().locale())
                .withZone(ZoneOffset.UTC)
                .format(published);
    }

    public int minutes() {
        int words = paragraphs.stream().mapToInt(p -> p.split(" ").length).sum();
        return Math.max(1, Math.round((float) words / WORDS_A_MINUTE));
    }

    /** ISO 639-1 code. */
    public String language() {
        return edition().language();
    }

    /** The Herald, which has no editions, is in English as well. */
    Edition edition() {
        return Edition.ofSite(site).orElse(Edition.ENGLISH);
    }
}
