package dev.parley.moderation;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.parley.comment.Comments;
import dev.parley.comment.StaleVersion;
import dev.parley.identity.Staff;
import dev.parley.moderation.BulkView.Outcome;
import dev.parley.moderation.BulkView.Present;
import dev.parley.moderation.BulkView.Result;
import dev.parley.platform.Ids;
import dev.parley.platform.InvalidInput;
import dev.parley.platform.NotFound;
import dev.parley.platform.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One decision on several comments. Each is decided in a transaction of its own, so that one that moved on keeps none
 * of the others back; each has its own line in the trail.
 */
@ApplicationScoped
class BulkDecisions {

    private final Decisions decisions;
    private final Comments comments;

    BulkDecisions(Decisions decisions, Comments comments) {
        this.decisions = decisions;
        this.comments = comments;
    }

    /** Decides on all that still are as they were seen. */
    BulkView decide(BulkRequest request, Staff staff) {
        check(request);
        boolean preview = Boolean.TRUE.equals(request.preview());
        var batch = Ids.next();
        var results =
                request.items().stream()
                        .map(seen -> {
                            var one =
                                    new DecisionRequest(
                                            seen.revision(),
                                            seen.stateVersion(),
                                            request.action(),
                                            request.reason(),
                                            request.note());
                            return result(
                                    seen.comment(),
                                    Outcome.DECIDED,
                                    staff,
                                    () -> {
                                        if (preview) {
                                            foresee(seen.comment(), one, staff);
                                            return null;
                                        }
                                        return decisions.decide(seen.comment(), one, staff, batch).decision();
                                    });
                        })
                        .toList();
        return view(preview ? null : batch, results);
    }

    /** Undoes what stands of a batch, the last decision first. */
    BulkView undo(UUID batch, Staff staff) {
        var results =
                decisions.ofBatch(batch, staff).stream()
                        .map(id ->
                                result(
                                        decisions.commentOf(id),
                                        Outcome.UNDONE,
                                        staff,
                                        () -> decisions.undo(id, staff).decision()))
                        .toList();
        return view(null, results);
    }

    /** What holds for all of them alike is a fault of the request, not of each of them. */
    private static void check(BulkRequest request) {
        if (request.action() == DecisionAction.REJECT && request.reason() == null) {
            throw new InvalidInput("reason", "is needed to reject");
        }
        if (request.action() == DecisionAction.ESCALATE && (request.note() == null || request.note().isBlank())) {
            throw new InvalidInput("note", "is needed to escalate");
        }
        if (request.items().stream().map(BulkRequest.Seen::comment).distinct().count() < request.items().size()) {
            throw new InvalidInput("items", "must name each comment once");
        }
    }

    /** Decides, and takes it back before anybody can see it: so a preview cannot say anything else than the act. */
    private void foresee(UUID comment, DecisionRequest request, Staff staff) {
        try {
            QuarkusTransaction.requiringNew()
                    .run(() -> {
                        decisions.decide(comment, request, staff, null);
                        throw new Foreseen();
                    });
        } catch (Foreseen possible) {
            // rolled back
        }
    }

    private Result result(UUID comment, Outcome done, Staff staff, Supplier<@Nullable UUID> act) {
        try {
            var decision = act.get();
            return new Result(comment, done, done == Outcome.UNDONE ? present(comment, staff) : null, decision);
        } catch (StaleVersion e) {
            return new Result(comment, Outcome.STALE, present(comment, staff), null);
        } catch (Claimed e) {
            return new Result(comment, Outcome.CLAIMED, present(comment, staff), null);
        } catch (NotFound e) {
            return new Result(comment, Outcome.NOT_FOUND, null, null);
        } catch (Problem e) {
            return new Result(comment, Outcome.NOT_ALLOWED, present(comment, staff), null);
        }
    }

    private @Nullable Present present(UUID comment, Staff staff) {
        return comments.find(comment)
                .filter(c -> staff.maySee(c.siteId()))
                .map(c -> new Present(c.status(), c.revision(), c.stateVersion()))
                .orElse(null);
    }

    private static BulkView view(@Nullable UUID batch, List<Result> results) {
        return new BulkView(
                batch, results.stream().collect(groupingBy(Result::outcome, TreeMap::new, counting())), results);
    }

    /** Ends a transaction that is not meant to last. */
    private static final class Foreseen extends RuntimeException {
        private static final long serialVersionUID = 1;

        Foreseen() {
            super(null, null, false, false);
        }
    }
}
