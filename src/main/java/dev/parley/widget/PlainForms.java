package dev.parley.widget;

import dev.parley.article.ArticleMetadata;
import dev.parley.intake.Envelope;
import dev.parley.intake.Intake;
import dev.parley.intake.Receipt;
import dev.parley.intake.SubmitRequest;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.Problem;
import dev.parley.widget.FormTickets.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends what the plain forms hold through intake, and says in plain words what became of it. */
@ApplicationScoped
class PlainForms {

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int BAD_REQUEST = 400;

    /**
     * What is answered.
     *
     * @param errors texts by field of the form
     * @param comment id of what was stored; null if nothing was
     * @param sameTicket whether sending the form again is the same sending once more
     */
    record Answer(
            int status,
            Notice notice,
            Map<String, String> errors,
            @Nullable UUID comment,
            boolean sameTicket,
            Map<String, String> headers) {

        static Answer refused(int status, String title, String text) {
            return new Answer(status, Notice.notSent(title, text), Map.of(), null, false, Map.of());
        }

        /** Whether the reader is asked to say it differently. */
        boolean isAsking() {
            return notice.asked();
        }

        boolean isSent() {
            return comment != null;
        }
    }

    private final Intake intake;
    private final EmbedPages pages;
    private final Validator validator;

    PlainForms(Intake intake, EmbedPages pages, Validator validator) {
        this.intake = intake;
        this.pages = pages;
        this.validator = validator;
    }

    /** A form that did not come from a page of ours, or not at a person's pace, is asked for once more. */
    static Answer sendAgain(Verdict verdict, WidgetTexts texts) {
        return Answer.refused(BAD_REQUEST, texts.onceMore(), why(verdict, texts));
    }

    static String why(Verdict verdict, WidgetTexts texts) {
        return switch (verdict) {
            case TOO_QUICK -> texts.tooQuick();
            case TOO_OLD -> texts.tooOld();
            case NOT_OURS, GOOD -> texts.notOurs();
        };
    }

    /**
     * Submits; refusals become answers.
     *
     * @param key names this one sending: a second one with it answers as the first
     * @throws Problem if the page is not of an origin that may send
     */
    Answer send(Visit visit, Typed typed, String key, @Nullable String origin, InetAddress client) {
        var texts = visit.texts();
        var request =
                new SubmitRequest(
                        typed.name(),
                        typed.email(),
                        typed.comment(),
                        typed.website(),
                        typed.parent(),
                        metadata(typed),
                        typed.about().meta().isEmpty() ? null : typed.about().meta(),
                        typed.notifyMe(),
                        typed.nudge());
        var reader = typed.reader().isEmpty() ? null : typed.reader();
        try {
            var envelope = new Envelope(origin, client, key, reader, typed.robot());
            var receipt = intake.submit(visit.site().key(), visit.article(), request, envelope);
            return stored(CREATED, sent(receipt, texts), receipt, visit);
        } catch (InvalidInput e) {
            var errors = FieldErrors.of(e, visit.language());
            var text = errors.byField().isEmpty() ? errors.elsewhere() : texts.lookBelow();
            return new Answer(
                    BAD_REQUEST, Notice.notSent(texts.notSentYet(), text), errors.byField(), null, false, Map.of());
        } catch (Problem e) {
            return refused(e, texts.notSent(), texts);
        }
    }

    /**
     * Gives the comment the new text; refusals become answers.
     *
     * @param nudge whether its writer may be asked to say it differently
     * @throws Problem if the token is not the comment's, or the page is not of an origin that may send
     */
    Answer edit(
            Visit visit,
            UUID id,
            String token,
            String text,
            boolean nudge,
            @Nullable String origin,
            InetAddress client) {
        var texts = visit.texts();
        try {
            var before = intake.own(visit.site().key(), id, token);
            // A form that is sent twice changes the comment once.
            boolean same = text.strip().equals(before.comment().body());
            var envelope = new Envelope(origin, client, null, null, false);
            var receipt = same ? before : intake.edit(visit.site().key(), id, token, text, nudge, envelope);
            return stored(OK, edited(receipt, texts), receipt, visit);
        } catch (InvalidInput e) {
            var errors = FieldErrors.of(e, visit.language());
            return new Answer(
                    BAD_REQUEST,
                    Notice.notSent(texts.notSentYet(), texts.lookBelow()),
                    errors.byField(),
                    null,
                    false,
                    Map.of());
        } catch (Problem e) {
            return tooLate(e, texts);
        }
    }

    /** Takes the comment back; as {@link #edit}. */
    Answer withdraw(Visit visit, UUID id, String token, @Nullable String origin, InetAddress client) {
        var texts = visit.texts();
        try {
            intake.withdraw(visit.site().key(), id, token, new Envelope(origin, client, null, null, false));
            return new Answer(OK, Notice.done(texts.withdrawn()), Map.of(), id, false, Map.of());
        } catch (Problem e) {
            return tooLate(e, texts);
        }
    }

    /** The comment as its writer wrote it. */
    Receipt own(Visit visit, UUID id, String token) {
        return intake.own(visit.site().key(), id, token);
    }

    private Answer stored(int status, Notice notice, Receipt receipt, Visit visit) {
        var href = receipt.comment().removed() ? null : visit.links().comment(receipt.id());
        var told = notice.kind() == Notice.Kind.DONE ? notice.leadingTo(href) : notice;
        if (Boolean.TRUE.equals(receipt.masked())) {
            told = told.saying(visit.texts().masked());
        }
        return new Answer(status, told.withOwn(pages.own(receipt)), Map.of(), receipt.id(), false, Map.of());
    }

    private static Notice sent(Receipt receipt, WidgetTexts texts) {
        var reasons = PublicReasons.in(texts, receipt.reasons());
        return switch (receipt.status()) {
            case PUBLISHED -> Notice.done(texts.published());
            case HELD -> restricted(Notice.Kind.HELD, texts.held(), texts.heldText(), reasons);
            case REJECTED -> restricted(Notice.Kind.REJECTED, texts.rejected(), texts.rejectedText(), reasons);
            // A form that is sent again after its comment was taken back.
            case WITHDRAWN -> restricted(Notice.Kind.REJECTED, texts.withdrawn(), "", List.of());
        };
    }

    private static Notice edited(Receipt receipt, WidgetTexts texts) {
        var reasons = PublicReasons.in(texts, receipt.reasons());
        return switch (receipt.status()) {
            case PUBLISHED -> Notice.done(texts.changed());
            case HELD -> restricted(Notice.Kind.HELD, texts.changeHeld(), texts.changeHeldText(), reasons);
            case REJECTED -> restricted(Notice.Kind.REJECTED, texts.changeRejected(), texts.rejectedText(), reasons);
            case WITHDRAWN -> restricted(Notice.Kind.REJECTED, texts.withdrawn(), "", List.of());
        };
    }

    private static Notice restricted(Notice.Kind kind, String title, String text, List<String> reasons) {
        return new Notice(kind, title, text, reasons, null, null);
    }

    private static Answer refused(Problem problem, String title, WidgetTexts texts) {
        return switch (problem.type()) {
            case ORIGIN_NOT_ALLOWED -> throw problem;
            case TOO_MANY_REQUESTS -> refused(problem, title, texts.tooMany(), true);
            case STILL_WORKING -> refused(problem, title, texts.stillWorking(), true);
            case RECONSIDER -> {
                var asked = Notice.asked(texts.nudge(), texts.nudgeText());
                // Nothing is stored under the ticket's key: what is sent next is still that one sending.
                yield new Answer(problem.type().status(), asked, Map.of(), null, true, problem.headers());
            }
            case KEY_USED_DIFFERENTLY -> refused(problem, title, texts.sentBefore(), false);
            case NOT_FOUND -> refused(problem, title, texts.notYet(), false);
            case STALE_VERSION -> refused(problem, title, texts.movedOn(), false);
            case CONFLICT -> refused(problem, title, texts.closedNow(), false);
            default -> throw problem;
        };
    }

    private static Answer tooLate(Problem problem, WidgetTexts texts) {
        return switch (problem.type()) {
            case CONFLICT -> refused(problem, texts.tooLate(), texts.windowOver(), false);
            case NOT_FOUND -> refused(problem, texts.tooLate(), texts.notYours(), false);
            default -> refused(problem, texts.tooLate(), texts);
        };
    }

    private static Answer refused(Problem problem, String title, String text, boolean sameTicket) {
        return new Answer(
                problem.type().status(), Notice.notSent(title, text), Map.of(), null, sameTicket, problem.headers());
    }

    /** What the embedding page said of its article; as nothing if it is not valid, since a reader can't mend it. */
    private @Nullable ArticleMetadata metadata(Typed typed) {
        var about = typed.about();
        if (about.url().isEmpty()) {
            return null;
        }
        var title = about.title().isEmpty() ? null : about.title();
        var told = new ArticleMetadata(about.url(), title, List.of(), List.of(), null);
        return validator.validate(told).isEmpty() ? told : null;
    }
}
