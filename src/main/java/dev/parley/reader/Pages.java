package dev.parley.reader;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates in {@code templates/me}. Their words are in {@link MeTexts}, in the language that is set on them. */
@CheckedTemplate(basePath = "me")
final class Pages {

    private Pages() {}

    static native TemplateInstance ask(Shell shell, AskPage page);

    static native TemplateInstance link(Shell shell, boolean wrong);

    static native TemplateInstance account(Shell shell, AccountPage page);

    static native TemplateInstance erase(Shell shell);

    static native TemplateInstance unsubscribe(Shell shell);

    static native TemplateInstance notice(Shell shell);
}
