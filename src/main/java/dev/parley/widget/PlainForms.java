package dev.parley.widget;

import dev.parley.article.ArticleMetadata;
import dev.parley.intake.Envelope;
import dev.parley.intake.Intake;
import dev.parley.intake.Receipt;
import dev.parley.intake.SubmitRequest;
import dev.parley.moderation.PublicReason;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.Problem;
import dev.parley.platform.ProblemType;
import dev.parley.widget.FormTickets.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends what the plain form holds through intake, and says in plain words what became of it. */
@ApplicationScoped
class PlainForms {

    private static final int CREATED = 201;
    private static final int BAD_REQUEST = 400;

    /** Names of intake's fields on our form, and what people call them. */
    private enum Field {
        BODY("body", "comment", "Comment"),
        NAME("name", "name", "Name"),
        EMAIL("email", "email", "Email"),
        WEBSITE("website", "website", "Website");

        final String intake;
        final String form;
        final String label;

        Field(String intake, String form, String label) {
            this.intake = intake;
            this.form = form;
            this.label = label;
        }
    }

    /**
     * What is answered.
     *
     * @param errors texts by field of the form
     * @param comment id of what was stored; null if nothing was
     */
    record Answer(
            int status,
            Notice notice,
            Map<String, String> errors,
            @Nullable UUID comment,
            Map<String, String> headers) {

        boolean isSent() {
            return comment != null;
        }
    }

    private final Intake intake;
    private final Validator validator;

    PlainForms(Intake intake, Validator validator) {
        this.intake = intake;
        this.validator = validator;
    }

    /** A form that did not come from a page of ours, or not at a person's pace, is asked for once more. */
    static Answer sendAgain(Verdict verdict) {
        var why =
                switch (verdict) {
                    case TOO_QUICK -> "It came quicker than people type, so we ask once more.";
                    case TOO_OLD -> "This page had been open for more than a day.";
                    case NOT_OURS, GOOD -> "We could not recognise the page that it came from.";
                };
        return refused(BAD_REQUEST, "Please send your comment once more.", why, Map.of(), Map.of());
    }

    /**
     * Submits; refusals become answers.
     *
     * @param key names this one sending: a second one with it answers as the first
     * @throws Problem if the page is not of an origin that may send
     */
    Answer send(String site, String article, Typed typed, String key, @Nullable String origin, InetAddress client) {
        var request =
                new SubmitRequest(
                        typed.name(),
                        typed.email(),
                        typed.comment(),
                        typed.website(),
                        typed.parent(),
                        metadata(typed),
                        null);
        try {
            return sent(intake.submit(site, article, request, new Envelope(origin, client, key, null, typed.robot())));
        } catch (InvalidInput e) {
            return invalid(e);
        } catch (Problem e) {
            if (e.type() == ProblemType.ORIGIN_NOT_ALLOWED) {
                throw e;
            }
            return refused(e.type().status(), "Your comment was not sent.", told(e), Map.of(), e.headers());
        }
    }

    private static Answer sent(Receipt receipt) {
        var reasons = receipt.reasons().stream().map(PublicReason::text).toList();
        return new Answer(CREATED, notice(receipt, reasons), Map.of(), receipt.id(), Map.of());
    }

    private static Notice notice(Receipt receipt, List<String> reasons) {
        return switch (receipt.status()) {
            case PUBLISHED -> Notice.published("c-" + receipt.id());
            case HELD -> Notice.held(reasons);
            case REJECTED -> Notice.rejected(reasons);
            case WITHDRAWN -> Notice.withdrawn();
        };
    }

    private static Answer invalid(InvalidInput problem) {
        Map<String, String> errors = new LinkedHashMap<>();
        var elsewhere = new StringBuilder();
        for (var violation : problem.violations()) {
            var field = field(violation.field());
            if (field != null) {
                errors.putIfAbsent(field.form, field.label + " " + violation.detail() + ".");
            } else if (violation.field().equals("parentId")) {
                elsewhere.append("The comment that you answered can't be answered any more. ");
            } else {
                elsewhere.append("This page does not say properly which article it belongs to. ");
            }
        }
        var text = errors.isEmpty() ? elsewhere.toString().strip() : "Please look at what is marked below.";
        return refused(BAD_REQUEST, "Your comment was not sent yet.", text, errors, Map.of());
    }

    private static @Nullable Field field(String name) {
        for (var field : Field.values()) {
            if (field.intake.equals(name)) {
                return field;
            }
        }
        return null;
    }

    private static String told(Problem problem) {
        return switch (problem.type()) {
            case TOO_MANY_REQUESTS -> "Many comments arrived at once. Please wait a little and send it again.";
            case KEY_USED_DIFFERENTLY ->
                    "This form was sent before, with other words. Send it again if it is another comment.";
            case STILL_WORKING -> "It is still being looked at. Please wait a moment and send it again.";
            case NOT_FOUND -> "This article does not take comments yet.";
            default -> problem.detail() + ".";
        };
    }

    private static Answer refused(
            int status, String title, String text, Map<String, String> errors, Map<String, String> headers) {
        return new Answer(status, Notice.notSent(title, text), errors, null, headers);
    }

    /** What the embedding page said of its article; as nothing if it is not valid, since a reader can't mend it. */
    private @Nullable ArticleMetadata metadata(Typed typed) {
        if (typed.url().isEmpty()) {
            return null;
        }
        var title = typed.title().isEmpty() ? null : typed.title();
        var told = new ArticleMetadata(typed.url(), title, List.of(), List.of(), null);
        return validator.validate(told).isEmpty() ? told : null;
    }
}
