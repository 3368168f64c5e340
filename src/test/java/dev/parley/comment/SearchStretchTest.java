package dev.parley.comment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.tenant.TenantContext;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A search looks at so many comments at once, and says where it is to go on. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class SearchStretchTest {

    private static final int STRETCH = 3;

    @Inject Searches searches;
    @Inject TenantContext context;

    private String article;
    private UUID articleId;

    /** Oldest first: the word is in the first one, in the fourth and in the last, the eighth. */
    private final List<UUID> written = new ArrayList<>();

    @BeforeEach
    void comments() {
        Fixtures.ensure();
        article = Fixtures.newArticle("gazette", "gazette");
        for (int i = 0; i < 8; i++) {
            var text =
                    (i == 0 || i == 3 || i == 7 ? "A heron" : "A swan")
                            + " stood in the water, number "
                            + i
                            + " of "
                            + article;
            var id =
                    Fixtures.submit("gazette", article, Fixtures.comment(text))
                            .then()
                            .statusCode(201)
                            .extract()
                            .path("id");
            written.add(UUID.fromString(id.toString()));
        }
        articleId =
                context.call("gazette", () -> searches.comments(any(List.of("number")), null, 1))
                        .comments()
                        .getFirst()
                        .comment()
                        .articleId();
    }

    @Test
    void what_stands_far_back_is_found_by_going_on_until_there_is_no_more() {
        var first = find("heron", null, 10, STRETCH);
        assertThat(ids(first)).containsExactly(written.get(7));
        assertThat(first.next()).as("the last of three").isEqualTo(written.get(5));
        assertThat(first.lookedTo()).isNotNull();

        var second = find("heron", first.next(), 10, STRETCH);
        assertThat(ids(second)).containsExactly(written.get(3));
        assertThat(second.next()).isEqualTo(written.get(2));

        var third = find("heron", second.next(), 10, STRETCH);
        assertThat(ids(third)).containsExactly(written.get(0));
        assertThat(third.next()).isNull();
        assertThat(third.lookedTo()).isNull();
    }

    @Test
    void a_stretch_in_which_nothing_is_found_is_no_end() {
        var found = find("heron", written.get(7), 10, STRETCH);
        assertThat(found.comments()).isEmpty();
        assertThat(found.next()).isEqualTo(written.get(4));

        assertThat(find("pelican", null, 10, 100).next()).isNull();
    }

    @Test
    void a_full_page_goes_on_behind_its_last_item_and_loses_nothing() {
        var first = find("number", null, 2, STRETCH);
        assertThat(ids(first)).containsExactly(written.get(7), written.get(6));
        assertThat(first.next()).isEqualTo(written.get(6));

        List<UUID> all = new ArrayList<>(ids(first));
        for (var next = first.next(); next != null; ) {
            var page = find("number", next, 2, STRETCH);
            all.addAll(ids(page));
            next = page.next();
        }
        assertThat(all).isEqualTo(written.reversed());
    }

    @Test
    void what_was_found_behind_an_end_that_moved_meanwhile_is_not_found_again() {
        var found = find("heron", null, 10, STRETCH).comments();
        assertThat(ids(Searches.finding(found, written.get(5), Instant.EPOCH))).containsExactly(written.get(7));
        assertThat(Searches.finding(found, written.get(5), Instant.EPOCH).next()).isEqualTo(written.get(5));

        var later = UUID.fromString("ffffffff-ffff-7fff-bfff-ffffffffffff");
        var moved = Searches.finding(found, later, Instant.MAX);
        assertThat(moved.next()).isEqualTo(written.get(7));
        assertThat(moved.lookedTo()).isEqualTo(found.getFirst().comment().createdAt());
    }

    private static List<UUID> ids(Searches.Finding finding) {
        return finding.comments().stream().map(found -> found.comment().id()).toList();
    }

    private Searches.Finding find(String word, @Nullable UUID before, int limit, int stretch) {
        var search =
                new CommentSearch(
                        List.of(word), Set.of(CommentStatus.PUBLISHED), null, null, articleId, null, null, null, null);
        return context.call("gazette", () -> searches.comments(search, before, limit, stretch));
    }

    private static CommentSearch any(List<String> words) {
        return new CommentSearch(words, null, null, null, null, null, null, null, null);
    }
}
