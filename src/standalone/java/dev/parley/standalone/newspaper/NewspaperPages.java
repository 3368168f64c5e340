package dev.parley.standalone.newspaper;

import dev.parley.standalone.newspaper.Category.Section;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Map;

/** The templates in {@code templates/newspaper}. */
@CheckedTemplate(basePath = "newspaper")
final class NewspaperPages {

    private NewspaperPages() {}

    /** A line of "Recent comments". */
    record RecentLine(String name, String words, String title, String href) {}

    static native TemplateInstance front(
            Surroundings here, List<Story> stories, List<RecentLine> recent, Map<String, Integer> counts);

    static native TemplateInstance category(
            Surroundings here, Section section, List<Story> stories, Map<String, Integer> counts);

    static native TemplateInstance article(
            Surroundings here, Story story, List<Story> more, List<Story> related, String metadata, int comments);

    static native TemplateInstance herald(Surroundings here, Story story, String metadata);
}
