package dev.parley.widget;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates in {@code templates/widget}. */
@CheckedTemplate(basePath = "widget")
final class Pages {

    private Pages() {}

    /** The page in its language. */
    static String draw(EmbedPage page) {
        return page(page).setLocale(page.frame().language().locale()).render();
    }

    /** An error in the language of the look. */
    static String draw(Frame frame, String title, String detail) {
        return error(frame, title, detail).setLocale(frame.language().locale()).render();
    }

    static native TemplateInstance page(EmbedPage page);

    static native TemplateInstance error(Frame frame, String title, String detail);
}
