package dev.parley.widget;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates in {@code templates/widget}. */
@CheckedTemplate(basePath = "widget")
final class Pages {

    private Pages() {}

    static native TemplateInstance page(EmbedPage page);

    static native TemplateInstance error(String stylesheet, String title, String detail);
}
