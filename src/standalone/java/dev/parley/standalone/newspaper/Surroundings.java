package dev.parley.standalone.newspaper;

import dev.parley.standalone.newspaper.Category.Section;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What all pages of an edition have around them.
 *
 * @param parley origin of the comments, another one than the page's
 * @param own origin of the page
 * @param sections that have articles
 */
record Surroundings(Edition edition, String parley, String own, List<Section> sections) {

    public List<Edition> editions() {
        return List.of(Edition.values());
    }

    public String canonical(Story story) {
        return own + story.href();
    }

    /** Where articles like this one are. */
    public String category(Story story) {
        return edition.prefix() + "/category/" + story.category();
    }

    /** The comments as a page of their own, for browsers without scripts. */
    public String commentsPage(Story story) {
        return "%s/embed/%s/%s?lang=%s&url=%s&title=%s"
                .formatted(
                        parley,
                        story.site(),
                        story.key(),
                        edition.language(),
                        encoded(canonical(story)),
                        encoded(story.title()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
