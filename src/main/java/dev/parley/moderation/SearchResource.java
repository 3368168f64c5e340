package dev.parley.moderation;

import dev.parley.article.ArticleView;
import dev.parley.article.Articles;
import dev.parley.comment.CommentSearch;
import dev.parley.comment.CommentSearch.Found;
import dev.parley.comment.CommentStatus;
import dev.parley.comment.Searches;
import dev.parley.comment.Searches.FoundCommenter;
import dev.parley.comment.Searches.Place;
import dev.parley.identity.CurrentStaff;
import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import dev.parley.moderation.QueueItemView.ArticleHead;
import dev.parley.moderation.QueueItemView.CommentHead;
import dev.parley.platform.Cursors;
import dev.parley.platform.Moments;
import dev.parley.platform.Page;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finding comments and commenters, for moderators. Words are looked for in texts and names, never in an address. */
@Path("/api/v1/tenants/{tenant}")
@Authenticated
@RunOnVirtualThread
class SearchResource {

    private final Searches searches;
    private final Articles articles;
    private final Sites sites;
    private final Sanctions sanctions;
    private final Cursors cursors;
    private final CurrentStaff staff;
    private final TenantContext context;

    SearchResource(
            Searches searches,
            Articles articles,
            Sites sites,
            Sanctions sanctions,
            Cursors cursors,
            CurrentStaff staff,
            TenantContext context) {
        this.searches = searches;
        this.articles = articles;
        this.sites = sites;
        this.sanctions = sanctions;
        this.cursors = cursors;
        this.staff = staff;
        this.context = context;
    }

    /** A comment that was found, with its newest text. */
    public record CommentItem(CommentHead comment, ArticleHead article, String body, String language, boolean spam) {}

    /**
     * A part of what is found. There may be more with less than was asked for: a search goes back only so far at once.
     *
     * @param cursor asks for what comes then; null if there is nothing before
     * @param lookedTo when the oldest comment that was looked at was written; null if all were
     */
    public record CommentsFound(List<CommentItem> items, @Nullable String cursor, @Nullable Instant lookedTo) {}

    /**
     * A commenter who was found.
     *
     * @param banned whether a sanction stands against their address
     */
    public record CommenterItem(
            UUID id,
            String name,
            boolean proven,
            boolean banned,
            Instant createdAt,
            StateCounts counts,
            @Nullable Instant lastAt) {}

    @GET
    @Path("comments")
    @Entitled(Role.MODERATOR)
    public CommentsFound comments(
            @PathParam("tenant") String tenant,
            @QueryParam("q") @Nullable @Size(max = 200) String q,
            @QueryParam("status") @Nullable CommentStatus status,
            @QueryParam("spam") @Nullable Boolean spam,
            @QueryParam("site") @Nullable String site,
            @QueryParam("article") @Nullable UUID article,
            @QueryParam("commenter") @Nullable UUID commenter,
            @QueryParam("language") @Nullable @Pattern(regexp = "[a-z]{2,3}", message = "must be a language code")
                    String language,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(100) int limit,
            @QueryParam("cursor") @Nullable @Size(max = 512) String cursor) {
        var search =
                new CommentSearch(
                        Searches.words(q),
                        status == null ? null : Set.of(status),
                        spam,
                        Visible.sites(staff.get(), site, sites),
                        article,
                        commenter,
                        language,
                        Moments.from("from", from).orElse(null),
                        Moments.to("to", to).orElse(null));
        var listing = "comments " + context.current() + " " + search;
        var before = cursor == null ? null : UUID.fromString(cursors.read(listing, cursor));
        var found = searches.comments(search, before, limit);
        var items = found.comments();
        var next = found.next() == null ? null : cursors.write(listing, found.next().toString());
        var about = articles.all(items.stream().map(item -> item.comment().articleId()).toList());
        return new CommentsFound(items.stream().map(item -> item(item, about)).toList(), next, found.lookedTo());
    }

    @GET
    @Path("commenters")
    @Entitled(Role.MODERATOR)
    public Page<CommenterItem> commenters(
            @PathParam("tenant") String tenant,
            @QueryParam("q") @Nullable @Size(max = 200) String q,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(100) int limit,
            @QueryParam("cursor") @Nullable @Size(max = 512) String cursor) {
        var words = Searches.words(q);
        var visible = Visible.sites(staff.get(), null, sites);
        var listing = "commenters " + context.current() + " " + words + " " + visible;
        var found =
                searches.commenters(
                        words, visible, cursor == null ? null : place(cursors.read(listing, cursor)), limit + 1);
        var items = found.subList(0, Math.min(limit, found.size()));
        var next =
                found.size() > limit
                        ? cursors.write(listing, items.getLast().createdAt() + " " + items.getLast().id())
                        : null;
        var banned = sanctions.standAgainst(items.stream().map(FoundCommenter::id).toList());
        return new Page<>(items.stream().map(item -> item(item, banned)).toList(), next);
    }

    private static CommentItem item(Found found, Map<UUID, ArticleView> articles) {
        return new CommentItem(
                CommentHead.of(found.comment()),
                ArticleHead.of(Objects.requireNonNull(articles.get(found.comment().articleId()))),
                found.body(),
                found.language(),
                found.spam());
    }

    private static CommenterItem item(FoundCommenter found, Set<UUID> banned) {
        return new CommenterItem(
                found.id(),
                found.name(),
                found.proven(),
                banned.contains(found.id()),
                found.createdAt(),
                StateCounts.of(found.counts()),
                found.lastAt());
    }

    private static Place place(String text) {
        int space = text.indexOf(' ');
        return new Place(Instant.parse(text.substring(0, space)), UUID.fromString(text.substring(space + 1)));
    }
}
