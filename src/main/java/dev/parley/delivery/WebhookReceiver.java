package dev.parley.delivery;

import dev.parley.article.Articles;
import dev.parley.comment.CommentHeld;
import dev.parley.comment.CommentKept;
import dev.parley.comment.CommentPublished;
import dev.parley.comment.CommentRejected;
import dev.parley.comment.CommentState;
import dev.parley.comment.CommentStatus;
import dev.parley.comment.CommentWithdrawn;
import dev.parley.comment.Comments;
import dev.parley.delivery.DeliveryRepository.NewDelivery;
import dev.parley.delivery.WebhookMessage.Data;
import dev.parley.delivery.WebhookRepository.Subscriber;
import dev.parley.moderation.CommentFlagged;
import dev.parley.moderation.PublicReason;
import dev.parley.moderation.Statements;
import dev.parley.moderation.Statements.StatementView;
import dev.parley.outbox.Delivery;
import dev.parley.outbox.Receiver;
import dev.parley.platform.Ids;
import dev.parley.platform.Json;
import dev.parley.reader.CommenterErased;
import dev.parley.tenant.Sites;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what webhooks are to be told, once for each event and webhook, in the transaction that takes the event
 * off the outbox. The {@link WebhookSender} sends.
 */
@ApplicationScoped
class WebhookReceiver implements Receiver {

    private static final Map<String, WebhookEvent> WANTED =
            Map.of(
                    CommentPublished.class.getSimpleName(), WebhookEvent.COMMENT_PUBLISHED,
                    CommentHeld.class.getSimpleName(), WebhookEvent.COMMENT_HELD,
                    CommentRejected.class.getSimpleName(), WebhookEvent.COMMENT_REJECTED,
                    CommentKept.class.getSimpleName(), WebhookEvent.COMMENT_KEPT,
                    CommentWithdrawn.class.getSimpleName(), WebhookEvent.COMMENT_WITHDRAWN,
                    CommenterErased.class.getSimpleName(), WebhookEvent.COMMENT_ERASED,
                    CommentFlagged.class.getSimpleName(), WebhookEvent.COMMENT_FLAGGED);

    /** Nothing comes after it. */
    private static final long LAST = Long.MAX_VALUE;

    /** How one comment is told of. */
    private record News(UUID comment, UUID site, long order, Data data) {}

    private final WebhookRepository webhooks;
    private final DeliveryRepository deliveries;
    private final WebhookAgenda agenda;
    private final Comments comments;
    private final Statements statements;
    private final Articles articles;
    private final Sites sites;
    private final Json json;
    private final Clock clock;

    WebhookReceiver(
            WebhookRepository webhooks,
            DeliveryRepository deliveries,
            WebhookAgenda agenda,
            Comments comments,
            Statements statements,
            Articles articles,
            Sites sites,
            Json json,
            Clock clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.agenda = agenda;
        this.comments = comments;
        this.statements = statements;
        this.articles = articles;
        this.sites = sites;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public boolean wants(String type) {
        return WANTED.containsKey(type);
    }

    @Override
    public void receive(List<Delivery> deliveries) {
        var subscribers = webhooks.subscribers(deliveries.getFirst().tenant());
        if (!subscribers.isEmpty()) {
            deliveries.forEach(delivery -> receive(delivery, subscribers));
        }
    }

    private void receive(Delivery delivery, List<Subscriber> subscribers) {
        var type = java.util.Objects.requireNonNull(WANTED.get(delivery.type())).wire();
        var interested = subscribers.stream().filter(w -> w.events().contains(type)).toList();
        if (interested.isEmpty()) {
            return;
        }
        var news = news(delivery);
        for (var webhook : interested) {
            add(delivery, type, webhook, news);
        }
    }

    private void add(Delivery delivery, String type, Subscriber webhook, List<News> news) {
        var messages = new ArrayList<NewDelivery>();
        for (var one : news) {
            if (webhook.wants(type, one.site())) {
                var message = new WebhookMessage(type, delivery.createdAt(), one.data());
                messages.add(new NewDelivery(Ids.next(), one.comment(), one.order(), json.write(message)));
            }
        }
        if (!messages.isEmpty()) {
            deliveries.add(delivery.tenant(), webhook.id(), delivery.id(), type, messages, clock.instant());
            agenda.addAfterCommit(delivery.tenant());
        }
    }

    /** What the event says of each comment that it is about. */
    private List<News> news(Delivery delivery) {
        var payload = delivery.payload();
        return switch (WANTED.get(delivery.type())) {
            case COMMENT_PUBLISHED -> {
                var e = json.read(payload, CommentPublished.class);
                yield state(e.subject(), e.site(), e.article(), e.revision(), e.version(), e.cause(), null);
            }
            case COMMENT_KEPT -> {
                var e = json.read(payload, CommentKept.class);
                yield state(e.subject(), e.site(), e.article(), e.revision(), e.version(), e.cause(), null);
            }
            case COMMENT_WITHDRAWN -> {
                var e = json.read(payload, CommentWithdrawn.class);
                yield state(e.subject(), e.site(), e.article(), e.revision(), e.version(), e.cause(), null);
            }
            case COMMENT_HELD -> {
                var e = json.read(payload, CommentHeld.class);
                yield state(
                        e.subject(),
                        e.site(),
                        e.article(),
                        e.revision(),
                        e.version(),
                        e.cause(),
                        reasons(e.subject(), e.version(), CommentStatus.HELD));
            }
            case COMMENT_REJECTED -> {
                var e = json.read(payload, CommentRejected.class);
                yield state(
                        e.subject(),
                        e.site(),
                        e.article(),
                        e.revision(),
                        e.version(),
                        e.cause(),
                        reasons(e.subject(), e.version(), CommentStatus.REJECTED));
            }
            case COMMENT_FLAGGED -> flagged(json.read(payload, CommentFlagged.class));
            case COMMENT_ERASED -> erased(json.read(payload, CommenterErased.class).comments());
            case null -> throw new IllegalArgumentException("Not wanted: " + delivery.type());
        };
    }

    private List<News> state(
            UUID comment,
            UUID site,
            UUID article,
            int revision,
            long version,
            dev.parley.comment.@Nullable Cause cause,
            @Nullable List<String> reasons) {
        var data = Data.of(comment, siteKey(site), articleKey(article), revision, version, cause, reasons);
        return List.of(new News(comment, site, version, data));
    }

    /** With the number of the state that it is in now, so that it keeps its place among the others. */
    private List<News> flagged(CommentFlagged flagged) {
        var comment = comments.get(flagged.comment());
        int seen = comment.visibleRevision() == null ? comment.revision() : comment.visibleRevision();
        return List.of(
                new News(
                        comment.id(),
                        comment.siteId(),
                        comment.stateVersion(),
                        Data.flagged(
                                comment.id(),
                                siteKey(comment.siteId()),
                                articleKey(comment.articleId()),
                                seen,
                                comment.stateVersion(),
                                flagged.subject())));
    }

    private List<News> erased(Collection<UUID> ids) {
        return comments.all(ids).values().stream().map(this::erased).toList();
    }

    private News erased(CommentState comment) {
        return new News(
                comment.id(),
                comment.siteId(),
                LAST,
                Data.erased(comment.id(), siteKey(comment.siteId()), articleKey(comment.articleId())));
    }

    /** As the commenter was told; nothing if the comment has moved on and the statement may be about another state. */
    private List<String> reasons(UUID comment, long version, CommentStatus restriction) {
        if (comments.get(comment).stateVersion() != version) {
            return List.of();
        }
        return statements.about(comment).stream()
                .filter(statement -> statement.restriction() == restriction)
                .max(Comparator.comparing(StatementView::createdAt))
                .map(statement -> statement.reasons().stream().map(PublicReason::code).toList())
                .orElse(List.of());
    }

    private String siteKey(UUID site) {
        return sites.byId(site).key();
    }

    private String articleKey(UUID article) {
        return articles.byId(article).key();
    }
}
