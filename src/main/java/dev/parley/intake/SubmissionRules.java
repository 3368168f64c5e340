package dev.parley.intake;

import dev.parley.platform.InvalidInput;
import dev.parley.platform.InvalidInput.Violation;
import dev.parley.privacy.EmailAddress;
import dev.parley.text.CharacterRules;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a submission must look like. Sizes are of design section 5, in code points; all violations are told at once. */
final class SubmissionRules {

    static final int MAX_NAME = 80;
    static final int MAX_WEBSITE = 500;
    static final int MAX_BODY = 10_000;

    private SubmissionRules() {}

    /**
     * @throws InvalidInput naming every field that is missing or not valid, never a value
     */
    static Submission accept(SubmitRequest request) {
        List<Violation> violations = new ArrayList<>();
        var name = text("name", request.name(), MAX_NAME, true, violations);
        var body = text("body", request.body(), MAX_BODY, false, violations);
        var website = website(request.website(), violations);
        EmailAddress email = null;
        if (request.email() == null || request.email().isBlank()) {
            violations.add(new Violation("email", "is required"));
        } else {
            try {
                email = EmailAddress.parse(request.email());
            } catch (InvalidInput e) {
                violations.addAll(e.violations());
            }
        }
        if (email == null || !violations.isEmpty()) {
            throw new InvalidInput(violations);
        }
        return new Submission(
                name,
                email,
                body,
                website,
                request.parentId(),
                request.article(),
                Boolean.TRUE.equals(request.wantsMails()),
                Boolean.TRUE.equals(request.nudge()));
    }

    /** The accepted body of an edit. */
    static String acceptBody(@Nullable String body) {
        List<Violation> violations = new ArrayList<>();
        var accepted = text("body", body, MAX_BODY, false, violations);
        if (!violations.isEmpty()) {
            throw new InvalidInput(violations);
        }
        return accepted;
    }

    private static String text(
            String field, @Nullable String value, int max, boolean isName, List<Violation> violations) {
        if (value == null || value.isBlank()) {
            violations.add(new Violation(field, "is required"));
            return "";
        }
        // Browsers send CRLF from a form and LF from a script: the same text.
        var stripped = value.replace("\r\n", "\n").strip();
        if (stripped.codePointCount(0, stripped.length()) > max) {
            violations.add(new Violation(field, "must be at most " + max + " characters"));
            return "";
        }
        var composed = CharacterRules.toNfc(stripped);
        Optional<String> problem =
                isName ? CharacterRules.problemInName(composed) : CharacterRules.problemInBody(composed);
        problem.ifPresent(p -> violations.add(new Violation(field, p)));
        return composed;
    }

    private static @Nullable String website(@Nullable String value, List<Violation> violations) {
        if (value == null || value.isBlank()) {
            return null;
        }
        var stripped = value.strip();
        var given = stripped.contains("://") ? stripped : "https://" + stripped;
        if (given.length() > MAX_WEBSITE || !isWebAddress(given)) {
            violations.add(new Violation("website", "must be an http or https address of at most 500 characters"));
            return null;
        }
        return given;
    }

    private static boolean isWebAddress(String text) {
        try {
            var uri = new URI(text);
            var scheme = uri.getScheme();
            return ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
