package dev.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** The allow list for the HTML of a comment, written down a second time so that a slip in the first is noticed. */
public final class ShownHtml {

    /** Elements that may appear, with their attributes. */
    public static final Map<String, Set<String>> ALLOWED =
            Map.ofEntries(
                    Map.entry("p", Set.of()),
                    Map.entry("br", Set.of()),
                    Map.entry("em", Set.of()),
                    Map.entry("strong", Set.of()),
                    Map.entry("blockquote", Set.of()),
                    Map.entry("code", Set.of()),
                    Map.entry("pre", Set.of()),
                    Map.entry("ul", Set.of()),
                    Map.entry("ol", Set.of("start")),
                    Map.entry("li", Set.of()),
                    Map.entry("a", Set.of("href", "rel")));

    private ShownHtml() {}

    /** Fails if a browser would build anything from this HTML that a comment may not hold. */
    public static void assertHarmless(String html) {
        assertThat(Jsoup.parseBodyFragment(html).head().children()).isEmpty();
        for (Element element : Jsoup.parseBodyFragment(html).body().getAllElements()) {
            if (!element.normalName().equals("body")) {
                assertHarmless(element);
            }
        }
    }

    private static void assertHarmless(Element element) {
        assertThat(ALLOWED).containsKey(element.normalName());
        for (var attribute : element.attributes()) {
            assertThat(ALLOWED.get(element.normalName())).contains(attribute.getKey());
        }
        if (element.normalName().equals("a")) {
            assertThat(element.attr("href")).matches("https?://[A-Za-z0-9.-]+(:[0-9]+)?([/?#].*)?");
            assertThat(element.attr("rel").split(" ")).containsExactlyInAnyOrder("nofollow", "ugc", "noopener");
        }
    }
}
