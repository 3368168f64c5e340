package dev.parley.standalone.newspaper;

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

    static native TemplateInstance front(List<Story> stories, List<RecentLine> recent, Map<String, Integer> counts);

    static native TemplateInstance category(Category category, List<Story> stories, Map<String, Integer> counts);

    static native TemplateInstance article(
            Story story, List<Story> more, List<Story> related, String frame, int comments);

    static native TemplateInstance herald(Story story, String frame);
}
