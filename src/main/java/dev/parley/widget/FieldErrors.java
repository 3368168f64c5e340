package dev.parley.widget;

import dev.parley.platform.InvalidInput;
import dev.parley.platform.Language;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a form, told at its fields in the words of the page.
 *
 * @param byField texts by field of the form
 * @param elsewhere what no field of the form can mend; empty if there is nothing
 */
record FieldErrors(Map<String, String> byField, String elsewhere) {

    private static final String REQUIRED = "is required";
    private static final String TOO_LONG = "must be at most";

    /** Names of intake's fields and those on our form. */
    private static final Map<String, String> FIELDS =
            Map.of("body", "comment", "name", "name", "email", "email", "website", "website");

    static FieldErrors of(InvalidInput problem, Language language) {
        Map<String, String> errors = new LinkedHashMap<>();
        var elsewhere = new StringBuilder();
        for (var violation : problem.violations()) {
            var field = FIELDS.get(violation.field());
            if (field != null) {
                errors.putIfAbsent(field, told(field, violation.detail(), language));
            } else if (violation.field().equals("parentId")) {
                elsewhere.append(language.texts(WidgetTexts.class).parentGone()).append(' ');
            } else {
                elsewhere.append(language.texts(WidgetTexts.class).articleUnclear()).append(' ');
            }
        }
        return new FieldErrors(errors, elsewhere.toString().strip());
    }

    @Nullable String of(String field) {
        return byField.get(field);
    }

    /** Intake's own words are English, and say most. */
    private static String told(String field, String detail, Language language) {
        var texts = language.texts(WidgetTexts.class);
        var label =
                switch (field) {
                    case "comment" -> texts.comment();
                    case "name" -> texts.name();
                    case "email" -> texts.email();
                    default -> texts.website();
                };
        if (detail.equals(REQUIRED)) {
            return texts.required(label);
        }
        if (language == Language.EN) {
            return label + " " + detail + ".";
        }
        if (detail.startsWith(TOO_LONG)) {
            return texts.tooLong(label);
        }
        return switch (field) {
            case "email" -> texts.emailWrong(label);
            case "website" -> texts.websiteWrong(label);
            default -> texts.charactersWrong(label);
        };
    }
}
