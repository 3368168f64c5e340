package dev.parley.reader;

import static dev.parley.reader.ReaderWorld.address;
import static dev.parley.reader.ReaderWorld.calm;
import static dev.parley.reader.ReaderWorld.insult;
import static dev.parley.reader.ReaderWorld.page;
import static dev.parley.reader.ReaderWorld.prove;
import static dev.parley.reader.ReaderWorld.send;
import static dev.parley.reader.ReaderWorld.sql;
import static dev.parley.reader.ReaderWorld.state;
import static dev.parley.reader.ReaderWorld.string;
import static dev.parley.reader.ReaderWorld.strings;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.comment.Commenters;
import dev.parley.privacy.Addresses;
import dev.parley.reader.ReaderWorld.Sent;
import dev.parley.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a mailed link proves: whose an address is, and who becomes one with whom. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class ProofTest {

    @Inject ReaderWorld world;
    @Inject Preferences preferences;
    @Inject Commenters commenters;
    @Inject Addresses addresses;

    private String site;
    private String email;

    @BeforeEach
    void newTenant() {
        site = world.tenant("en");
        email = address();
    }

    @Test
    void a_link_when_opened_by_scanners_changes_nothing() throws SQLException {
        var sent = send(site, "Ada", email, calm());
        send(site, "Ada again", email, calm());
        var manage = world.manage(site, sent.commenter());
        var unsubscribe = world.link(site, sent.commenter(), LinkPurpose.UNSUBSCRIBE);
        var before = state(site);

        for (int i = 0; i < 3; i++) {
            scan("/me/" + manage, 200);
            scan("/me/" + manage + "/erase", 409);
            scan("/me/" + manage + "/export", 409);
            scan("/me/" + manage + "/withdraw", 404);
            scan("/me/" + manage + "/mails", 404);
            scan("/me/" + unsubscribe + "/unsubscribe", 200);
        }
        assertThat(state(site)).isEqualTo(before);

        prove(manage, sent.commenter()).statusCode(200);
        before = state(site);
        for (int i = 0; i < 3; i++) {
            scan("/me/" + manage, 200);
            scan("/me/" + manage + "/erase", 200);
            scan("/me/" + manage + "/export", 200);
        }
        assertThat(state(site)).isEqualTo(before);
    }

    private static void scan(String path, int status) {
        given().get(path).then().statusCode(status);
        given().header("User-Agent", "LinkScanner/1.0").head(path).then().statusCode(status);
    }

    @Test
    void an_unproven_link_asks_what_of_this_is_yours_and_ticks_its_own_only() {
        var own = send(site, "Ada", email, "My own words about the harbour wall, calm and clear.");
        var other = send(site, "Somebody", email, "Other words about the harbour wall, calm and clear too.");
        send(site, "Stranger", address(), "Words of a stranger about the harbour wall.");

        var page = page(world.manage(site, own.commenter()));

        assertThat(page.select("input[name=mine]").eachAttr("value"))
                .containsExactly(own.commenter().toString(), other.commenter().toString());
        assertThat(page.select("input[name=mine][checked]").eachAttr("value"))
                .containsExactly(own.commenter().toString());
        assertThat(page.text())
                .contains("Ada", "My own words", "Somebody", "Other words", "About the bridge")
                .doesNotContain("Stranger")
                .doesNotContain(email);
        assertThat(page.select("button").eachText()).containsExactly("This is my address, and these are mine");
    }

    @Test
    void a_proof_verifies_the_commenter_and_opens_their_page() throws SQLException {
        var sent = send(site, "Ada", email, calm());
        assertThat(world.in(site, () -> preferences.of(sent.commenter()))).isEqualTo(new Preference(false, false));

        var page = page(prove(world.manage(site, sent.commenter()), sent.commenter()).extract().response());

        assertThat(page.select("h1").text()).isEqualTo("Your comments on The " + site);
        assertThat(page.select(".notice.good").text()).contains("This address is yours");
        assertThat(page.select("#comment-" + sent.id() + " .state").text()).isEqualTo("Published");
        assertThat(world.in(site, () -> preferences.of(sent.commenter()))).isEqualTo(new Preference(true, false));
        assertThat(world.in(site, () -> commenters.get(sent.commenter()).verified())).isTrue();
        assertThat(actions(sent.commenter())).containsExactly("ADDRESS_PROVEN");
        assertThat(events("CommenterProven")).containsExactly(sent.commenter().toString());
    }

    @Test
    void two_of_three_when_ticked_become_one_under_the_id_of_the_links_own() throws SQLException {
        var untouched = send(site, "Impostor", email, calm());
        var own = send(site, "Ada", email, calm());
        world.article(site, site, "market");
        var merged = send(site, "market", "Ada L.", email, calm(), Map.of(), Map.of());
        var tag = tag("market");
        var token = world.manage(site, own.commenter());

        prove(token, own.commenter(), merged.commenter()).statusCode(200);

        assertThat(author("market")).containsExactly(own.commenter().toString());
        assertThat(tag("market")).isNotEqualTo(tag);
        assertThat(author("bridge"))
                .containsExactlyInAnyOrder(own.commenter().toString(), untouched.commenter().toString());
        assertThat(string("select comment_count from article where tenant_id = ? and key = 'market'", site))
                .isEqualTo("1");
        assertThat(string("select merged_into from commenter where id = ?", merged.commenter()))
                .isEqualTo(own.commenter().toString());
        assertThat(strings("select commenter_id from commenter_address where tenant_id = ?", site))
                .containsExactlyInAnyOrder(own.commenter().toString(), untouched.commenter().toString());
        assertThat(actions(own.commenter())).containsExactlyInAnyOrder("ADDRESS_PROVEN", "COMMENTERS_MERGED");
        // Staff who ask for the merged one meet the survivor.
        assertThat(world.in(site, () -> commenters.get(merged.commenter()).id())).isEqualTo(own.commenter());
        assertThat(page(token).select("input[name=mine]").eachAttr("value"))
                .containsExactly(untouched.commenter().toString());
    }

    @Test
    void a_merged_commenters_reader_token_goes_on_working_for_the_survivor() {
        var own = send(site, "Ada", email, calm());
        var merged = send(site, "Ada L.", email, calm());
        prove(world.manage(site, own.commenter()), own.commenter(), merged.commenter()).statusCode(200);

        var next = send(site, "bridge", "Ada", email, calm(), Map.of(), Map.of("Reader-Token", merged.readerToken()));

        assertThat(next.commenter()).isEqualTo(own.commenter());
        // It is no more worth than before at another address.
        var elsewhere =
                send(site, "bridge", "Ada", address(), calm(), Map.of(), Map.of("Reader-Token", merged.readerToken()));
        assertThat(elsewhere.commenter()).isNotEqualTo(own.commenter());
    }

    @Test
    void a_link_of_a_merged_commenter_opens_the_survivors_page() {
        var own = send(site, "Ada", email, calm());
        var merged = send(site, "Ada L.", email, calm());
        var second = world.manage(site, merged.commenter());
        prove(world.manage(site, own.commenter()), own.commenter(), merged.commenter()).statusCode(200);

        assertThat(page(second).select(".mine > li")).hasSize(2);
    }

    @Test
    void who_comes_later_becomes_one_with_who_proved_the_address_before() throws SQLException {
        var first = send(site, "Ada", email, calm());
        prove(world.manage(site, first.commenter()), first.commenter()).statusCode(200);
        var later = send(site, "Ada", email, calm());
        assertThat(later.commenter()).isNotEqualTo(first.commenter());

        prove(world.manage(site, later.commenter()), later.commenter()).statusCode(200);

        assertThat(author("bridge")).containsOnly(first.commenter().toString());
        assertThat(
                        strings(
                                "select payload ->> 'version' from outbox_event where tenant_id = ? and type = 'CommenterProven' order by id",
                                site))
                .containsExactly("1", "2");
    }

    @Test
    void a_link_whose_own_commenter_was_not_ticked_opens_the_page_of_who_was() throws SQLException {
        var impostor = send(site, "Impostor", email, calm());
        var real = send(site, "Ada", email, calm());
        var token = world.manage(site, impostor.commenter());

        prove(token, real.commenter()).statusCode(200);

        assertThat(page(token).select(".mine > li").eachAttr("id")).containsExactly("comment-" + real.id());
        assertThat(string("select verified_at is null from commenter where id = ?", impostor.commenter()))
                .isEqualTo("t");
    }

    @Test
    void a_proof_without_a_tick_is_refused_in_words_and_changes_nothing() throws SQLException {
        var sent = send(site, "Ada", email, calm());
        var foreign = send(world.tenant("en"), "Foreign", email, calm());
        var stranger = send(site, "Stranger", address(), calm());
        var token = world.manage(site, sent.commenter());
        var before = state(site);

        prove(token).statusCode(400).body(org.hamcrest.Matchers.containsString("Please tick what is yours."));
        // Ids of other addresses and other tenants are as no tick at all.
        prove(token, foreign.commenter(), stranger.commenter(), UUID.randomUUID()).statusCode(400);

        assertThat(state(site)).isEqualTo(before);
        given().contentType("application/x-www-form-urlencoded")
                .body("mine=no-id")
                .post("/me/{t}", token)
                .then()
                .statusCode(400)
                .contentType(ContentType.HTML);
    }

    @Test
    void a_second_click_does_nothing_more() throws SQLException {
        var own = send(site, "Ada", email, calm());
        var merged = send(site, "Ada L.", email, calm());
        var token = world.manage(site, own.commenter());
        prove(token, own.commenter(), merged.commenter()).statusCode(200);
        var before = state(site);

        prove(token, own.commenter(), merged.commenter()).statusCode(200);

        assertThat(state(site)).isEqualTo(before);
    }

    @Test
    void proofs_by_two_links_at_the_same_time_leave_one_survivor() throws Exception {
        for (int round = 0; round < 10; round++) {
            var at = address();
            var one = send(site, "Ada", at, calm());
            var two = send(site, "Ada L.", at, calm());
            List<Callable<Integer>> clicks =
                    List.of(
                            click(world.manage(site, one.commenter()), one, two),
                            click(world.manage(site, two.commenter()), one, two));
            try (var threads = Executors.newFixedThreadPool(2)) {
                for (var answer : threads.invokeAll(clicks)) {
                    assertThat(answer.get()).isIn(200, 404);
                }
            }
            assertThat(
                            strings(
                                    "select id from commenter where tenant_id = ? and id in (?, ?)"
                                            + " and verified_at is not null and merged_into is null",
                                    site,
                                    one.commenter(),
                                    two.commenter()))
                    .hasSize(1);
            assertThat(
                            strings(
                                    "select distinct commenter_id from comment where tenant_id = ? and id in (?, ?)",
                                    site,
                                    one.id(),
                                    two.id()))
                    .hasSize(1);
        }
    }

    private static Callable<Integer> click(String token, Sent... ticked) {
        return () ->
                prove(token, java.util.Arrays.stream(ticked).map(Sent::commenter).toArray(UUID[]::new))
                        .extract()
                        .statusCode();
    }

    // --- What waited for the proof ---

    @Test
    void a_comment_that_waited_for_the_proof_alone_is_published_with_it() throws SQLException {
        var sent = held(email, "ADDRESS_UNPROVEN");
        var token = world.manage(site, sent.commenter());

        var page = page(prove(token, sent.commenter()).extract().response());

        assertThat(page.select(".notice.good").text()).contains("Comments that waited for this are published.");
        assertThat(page.select("#comment-" + sent.id() + " .state").text()).isEqualTo("Published");
        assertThat(author("bridge")).containsExactly(sent.commenter().toString());
        assertThat(string("select comment_count from article where tenant_id = ? and key = 'bridge'", site))
                .isEqualTo("1");
        assertThat(strings("select reasons from queue_item where tenant_id = ?", site)).isEmpty();
        assertThat(
                        strings(
                                "select actor_kind || ' ' || action from audit_entry where tenant_id = ?"
                                        + " and subject_id = ? order by id",
                                site,
                                sent.id().toString()))
                .containsExactly("system COMMENT_DECIDED", "system COMMENT_RELEASED");
        assertThat(events("CommentPublished")).containsExactly(sent.id().toString());
    }

    @Test
    void a_comment_that_is_held_for_another_reason_too_stays_held_for_that() throws SQLException {
        var sent = held(email, "ADDRESS_UNPROVEN,TOXICITY");
        var token = world.manage(site, sent.commenter());

        var page = page(prove(token, sent.commenter()).extract().response());

        assertThat(page.select("#comment-" + sent.id() + " .state").text()).isEqualTo("Waits for a moderator");
        assertThat(page.select("#comment-" + sent.id() + " .why li").eachText())
                .containsExactly("It reads as hostile or insulting.");
        assertThat(author("bridge")).isEmpty();
        assertThat(strings("select reasons from queue_item where tenant_id = ?", site)).containsExactly("{TOXICITY}");
    }

    @Test
    void a_comment_that_is_held_for_other_reasons_only_is_left_alone() throws SQLException {
        var sent = held(email, "TOXICITY");
        prove(world.manage(site, sent.commenter()), sent.commenter()).statusCode(200);

        assertThat(string("select state_version from comment where id = ?", sent.id())).isEqualTo("0");
    }

    @Test
    void a_comment_of_an_address_that_was_banned_meanwhile_is_not_published() throws SQLException {
        var sent = held(email, "ADDRESS_UNPROVEN");
        sql(
                "insert into parley.sanction (tenant_id, id, commenter_id, lookup, kind, reason, created_by, created_at)"
                        + " select tenant_id, gen_random_uuid(), commenter_id, lookup, 'BAN', 'a test', 'm', now()"
                        + " from parley.commenter_address where commenter_id = ?",
                sent.commenter());

        var page = page(prove(world.manage(site, sent.commenter()), sent.commenter()).extract().response());

        assertThat(author("bridge")).isEmpty();
        assertThat(strings("select reasons from queue_item where tenant_id = ?", site))
                .containsExactly("{ADDRESS_BANNED}");
        assertThat(page.text()).contains("A moderator reads comments like this").doesNotContainIgnoringCase("ban");
    }

    @Test
    void a_reply_that_waited_counts_for_what_it_answers() throws SQLException {
        var root = send(site, "Root", address(), calm());
        var reply = send(site, "bridge", "Ada", email, insult(), Map.of("parentId", root.id().toString()), Map.of());
        wait(reply, "ADDRESS_UNPROVEN");

        prove(world.manage(site, reply.commenter()), reply.commenter()).statusCode(200);

        assertThat(string("select visible_replies from comment where id = ?", root.id())).isEqualTo("1");
        assertThat(string("select comment_count from article where tenant_id = ? and key = 'bridge'", site))
                .isEqualTo("2");
    }

    // --- Helpers ---

    private Sent held(String address, String reasons) throws SQLException {
        var sent = send(site, "Ada", address, insult());
        assertThat(sent.status()).isEqualTo("HELD");
        wait(sent, reasons);
        return sent;
    }

    /** As the queue has it where the policy asks for a proof. */
    private static void wait(Sent sent, String reasons) throws SQLException {
        sql("update parley.queue_item set reasons = string_to_array(?, ',') where comment_id = ?", reasons, sent.id());
    }

    private List<String> author(String article) {
        return given().get("/api/v1/sites/{s}/articles/{a}/comments", site, article)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.author.id", String.class);
    }

    private String tag(String article) {
        return given().get("/api/v1/sites/{s}/articles/{a}/comments", site, article).header("ETag");
    }

    private static List<String> actions(UUID commenter) throws SQLException {
        return strings("select action from audit_entry where subject_id = ? order by id", commenter.toString()).stream()
                .filter(action -> !action.equals("ADDRESS_ERASED"))
                .toList();
    }

    private List<String> events(String type) throws SQLException {
        return strings("select subject_id from outbox_event where tenant_id = ? and type = ? order by id", site, type);
    }

    static Map<String, Object> body(String site, String email) {
        return new HashMap<>(Map.of("site", site, "email", email));
    }
}
