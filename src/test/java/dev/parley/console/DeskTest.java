package dev.parley.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.parley.standalone.DemoUsers;
import dev.parley.testing.ConsoleVisitor;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moderators at work: the queue, records and commenters, with a real browser. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class DeskTest {

    private static final String COMMENT = "/api/v1/tenants/gazette/comments/{id}";

    private final Tokens tokens = new Tokens();

    /** A category that only this test's comments have, so that its queue is its own. */
    private String category;

    private String article;

    @BeforeEach
    void an_article_of_its_own() {
        Fixtures.ensure();
        // Longer than a phone is wide, as categories of publishers may be.
        category = "desk-" + UUID.randomUUID() + "-at-great-length";
        article = "a-" + category;
        Fixtures.article("gazette", "gazette", article, List.of(category));
    }

    @Test
    void a_moderator_when_at_the_keyboard_alone_clears_twenty_comments() {
        var ids = held(20);
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR)) {
            var page = moderator.open(queue());
            var keys = List.of(List.of("a"), List.of("r", "1"), List.of("s"), List.of("r", "5"));
            assertThat(page.locator("queue-item h2")).isVisible();
            assertThat(page.locator(".q-list li")).hasCount(20);

            for (int i = 0; i < ids.size(); i++) {
                var shown = page.locator("queue-item h2").textContent();
                keys.get(i % 4).forEach(page.keyboard()::press);
                if (i < ids.size() - 1) {
                    assertThat(page.locator("queue-item h2")).not().hasText(shown);
                }
            }

            assertThat(page.getByText("Approved: ").or(page.getByText("Rejected: ")).first()).isVisible();
            page.waitForCondition(() -> waiting() == 0);
        }
        var states = ids.stream().map(this::status).toList();
        assertThat(states).filteredOn("PUBLISHED"::equals).hasSize(5);
        assertThat(states).filteredOn("REJECTED"::equals).hasSize(15);
    }

    @Test
    void the_words_that_drove_the_score_are_marked_and_what_is_said_is_said_in_words() {
        held(1);
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR)) {
            var page = moderator.open(queue());

            assertThat(page.locator(".q-text mark.drove", new Page.LocatorOptions().setHasText("idiot"))).isVisible();
            assertThat(page.locator(".q-text mark.drove").first()).hasAttribute("title", Pattern.compile("raised by"));
            assertThat(page.locator(".q-scores button[aria-pressed=true]")).containsText("almost surely");
            assertThat(page.locator(".q-reasons")).containsText("waits from");
            var before = page.locator(".q-scores button[aria-pressed=true]").textContent();
            page.keyboard().press("h");
            assertThat(page.locator(".q-scores button[aria-pressed=true]")).not().hasText(before);
        }
    }

    @Test
    void two_browsers_when_on_the_same_comment_see_each_other_and_nothing_is_decided_twice() {
        var ids = held(3);
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR);
                var admin = ConsoleVisitor.of(DemoUsers.GAZETTE_ADMIN)) {
            // The moderator's stream of news is cut: they have to learn it from the answer to their decision.
            moderator.context().route("**/queue/events", route -> route.abort());
            var first = moderator.open(queueOf(ids.getFirst()));
            assertThat(first.locator(".q-bar button").first()).isEnabled();
            first.keyboard().press("n");
            first.keyboard().type("He was warned last week.");
            first.keyboard().press("Escape");
            first.waitForCondition(() -> claimedBy(ids.getFirst()) != null);

            var second = admin.open(queueOf(ids.getFirst()));
            assertThat(second.locator(".q-truth")).containsText("Mo Gazette is working on it");
            assertThat(second.getByRole(AriaRole.BUTTON, name("Approve"))).isDisabled();
            assertThat(second.locator(line(ids.getFirst()))).containsText("Mo Gazette has it");
            second.getByRole(AriaRole.BUTTON, name("Take it over")).click();
            assertThat(second.getByRole(AriaRole.BUTTON, name("Approve"))).isEnabled();
            second.keyboard().press("a");
            second.waitForCondition(() -> status(ids.getFirst()).equals("PUBLISHED"));

            first.keyboard().press("r");
            first.keyboard().press("1");

            var truth = first.locator(".q-truth");
            assertThat(truth).containsText("Somebody else was first. Ada Gazette approved it a moment ago.");
            assertThat(first.locator("#q-note")).hasValue("He was warned last week.");
            assertThat(first.getByRole(AriaRole.BUTTON, name("Reject"))).isDisabled();
            truth.getByRole(AriaRole.BUTTON, locatorName("Go on")).click();
            assertThat(first.locator(".q-truth")).hasCount(0);
        }
        assertThat(status(ids.getFirst())).isEqualTo("PUBLISHED");
    }

    @Test
    void a_comment_when_taken_over_stays_so_though_an_older_list_arrives_later() {
        var ids = held(2);
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR);
                var admin = ConsoleVisitor.of(DemoUsers.GAZETTE_ADMIN)) {
            var first = moderator.open(queueOf(ids.getFirst()));
            first.waitForCondition(() -> claimedBy(ids.getFirst()) != null);

            // The list is read once to be shown, and once more when the stream of news stands: that answer is kept
            // back.
            var asked = new AtomicInteger();
            var late = new CompletableFuture<Runnable>();
            admin.context()
                    .route(
                            Pattern.compile("/queue\\?"),
                            route -> {
                                if (asked.incrementAndGet() != 2) {
                                    route.resume();
                                    return;
                                }
                                var answer = route.fetch();
                                late.complete(() -> route.fulfill(new Route.FulfillOptions().setResponse(answer)));
                            });
            var second = admin.open(queueOf(ids.getFirst()));
            second.waitForCondition(late::isDone);
            second.getByRole(AriaRole.BUTTON, name("Take it over")).click();
            var approve = second.getByRole(AriaRole.BUTTON, name("Approve"));
            assertThat(approve).isEnabled();

            second.waitForResponse(Pattern.compile("/queue\\?"), late.join());
            second.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");

            assertThat(approve.isEnabled()).isTrue();
        }
    }

    @Test
    void a_moderator_of_one_site_when_at_the_queue_sees_nothing_of_another() {
        var foreign = held(2);
        var sport = "s-" + category;
        Fixtures.article("gazette", "gazette-sport", sport, List.of(category));
        var own = Fixtures.held("gazette-sport", sport);
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_SPORT_MODERATOR)) {
            var page = moderator.open(queue());
            assertThat(page.locator(".q-list li")).hasCount(1);
            assertThat(page.locator(line(own))).isVisible();
            assertThat(page.locator(".q-total")).containsText("1");
            page.getByRole(AriaRole.BUTTON, name("Filter").setExact(true)).click();
            assertThat(page.locator("#q-site option").allTextContents())
                    .anyMatch(text -> text.startsWith("Site gazette-sport"))
                    .noneMatch(text -> text.startsWith("Site gazette ("));

            page = moderator.open(queueOf(foreign.getFirst()));
            assertThat(page.locator(".q-item .notice.bad")).isVisible();
            assertThat(page.locator("queue-item")).hasCount(0);
            page = moderator.open("/console/gazette/comments/" + foreign.getFirst());
            assertThat(page.locator("main .notice.bad")).isVisible();
            page = moderator.open("/console/gazette/comments?q=" + Fixtures.INSULT.split(" ")[3]);
            assertThat(page.locator(".r-list a[href$='" + own + "']")).isVisible();
            assertThat(page.locator(".r-list a[href$='" + foreign.getFirst() + "']")).hasCount(0);
        }
    }

    @Test
    void a_member_when_removed_is_out_at_the_next_click() {
        held(2);
        var member = Fixtures.member("gazette", DemoUsers.NEWCOMER, "MODERATOR", List.of());
        try (var moderator = ConsoleVisitor.of(DemoUsers.NEWCOMER)) {
            var page = moderator.open(queue());
            assertThat(page.locator("queue-item h2")).isVisible();

            given().auth()
                    .oauth2(tokens.adminOf("gazette"))
                    .delete("/api/v1/tenants/gazette/members/{id}", member)
                    .then()
                    .statusCode(204);
            page.keyboard().press("a");

            assertThat(page.getByText("You are no member yet").or(page.getByText("There is nothing here")).first())
                    .isVisible();
            assertThat(page.locator("queue-page")).hasCount(0);
        }
        assertThat(waiting()).isEqualTo(2);
    }

    @Test
    void a_decision_when_undone_waits_again_and_many_are_decided_and_undone_as_one() {
        var ids = held(4);
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR)) {
            var page = moderator.open(queue());
            assertThat(page.locator("queue-item h2")).isVisible();
            page.keyboard().press("a");
            page.waitForCondition(() -> waiting() == 3);
            page.keyboard().press("u");
            page.waitForCondition(() -> waiting() == 4);
            assertThat(page.locator(".q-list li.done")).hasCount(0);
            assertThat(page.locator(".q-list")).not().containsText(Pattern.compile("Not done|Gone|has it"));

            page.getByRole(AriaRole.BUTTON, name("Select all shown")).click();
            assertThat(page.locator(".q-bulk")).containsText("4 selected");
            page.keyboard().press("r");
            assertThat(page.locator("dialog")).containsText("Reject: 4 comments?"); // if not, it says what is left out
            assertThat(page.locator(".q-samples li")).hasCount(4);
            assertThat(waiting()).isEqualTo(4); // a preview changes nothing
            page.locator("dialog select").selectOption("OFF_TOPIC");
            page.locator("dialog").getByRole(AriaRole.BUTTON, locatorName("Reject")).click();
            page.waitForCondition(() -> waiting() == 0);
            assertThat(ids).extracting(this::status).containsOnly("REJECTED");

            page.locator(".message").getByText("Undo").click();
            page.waitForCondition(() -> waiting() == 4);
            assertThat(ids).extracting(this::status).containsOnly("HELD");
        }
    }

    @Test
    void what_is_told_late_of_a_decision_does_not_hide_what_was_taken_back_since() {
        held(2);
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR)) {
            moderator.context().route("**/queue/events", route -> route.abort());
            var page = moderator.open(queue());
            assertThat(page.locator("queue-item h2")).isVisible();
            var id = page.locator(".q-list li.current").getAttribute("data-comment");
            page.keyboard().press("a");
            page.waitForCondition(() -> waiting() == 1);
            page.keyboard().press("u");
            page.waitForCondition(() -> waiting() == 2);
            assertThat(page.locator(".q-list li.done")).hasCount(0);

            page.waitForFunction("() => document.querySelector('queue-page').desk.holding.size === 0");

            tellThatItIsOut(page, id, 1);
            assertThat(page.locator(".q-list li.done")).hasCount(0);
            tellThatItIsOut(page, id, 3);
            assertThat(page.locator(".q-list li.done")).hasCount(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"items\": []}", "without its claim"})
    void a_claim_that_is_gone_before_it_is_answered_stands_in_nobodys_way(String answer) {
        held(2);
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR)) {
            var answered = new AtomicInteger();
            moderator
                    .context()
                    .route(
                            "**/queue/claims",
                            route -> {
                                var body = answer;
                                if (!answer.startsWith("{"))
                                    body = route.fetch().text().replace("\"claim\"", "\"was\"");
                                route.fulfill(
                                        new Route.FulfillOptions()
                                                .setStatus(201)
                                                .setContentType("application/json")
                                                .setBody(body));
                                answered.incrementAndGet();
                            });
            var page = moderator.open(queue());
            assertThat(page.locator("queue-item h2")).isVisible();
            page.waitForCondition(() -> answered.get() >= 2);
            page.waitForFunction("() => document.querySelector('queue-page').desk.holding.size === 0");

            assertThat(page.locator(".q-list")).not().containsText("Not done");
            page.keyboard().press("a");
            page.waitForCondition(() -> waiting() == 1);
        }
    }

    @Test
    void what_is_taken_back_is_claimed_once() {
        held(2);
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR)) {
            var page = moderator.open(queue());
            assertThat(page.locator("queue-item h2")).isVisible();
            var id = page.locator(".q-list li.current").getAttribute("data-comment");
            page.keyboard().press("a");
            page.waitForCondition(() -> waiting() == 1);
            var claims = new AtomicInteger();
            page.onRequest(request -> {
                if (request.method().equals("POST") && request.url().endsWith("/queue/claims")) {
                    if (request.postData().contains(id)) claims.incrementAndGet();
                }
            });
            page.keyboard().press("u");

            assertThat(page.locator(line(id) + ".current")).isVisible();
            page.waitForFunction("() => document.querySelector('queue-page').desk.holding.size === 0");
            assertThat(claims.get()).isEqualTo(1);
        }
    }

    /** What the stream would say, at a moment of our choice. */
    private static void tellThatItIsOut(Page page, String comment, int stateVersion) {
        page.evaluate(
                """
                ([comment, stateVersion]) => document.querySelector('queue-page').desk.heard(
                    {comment, stateVersion, at: new Date().toISOString(), waiting: false, revision: 0, escalated: false})\
                """,
                List.of(comment, stateVersion));
        page.evaluate("() => document.querySelector('queue-page').updateComplete");
    }

    @Test
    void what_is_taken_back_after_the_list_was_read_anew_is_in_it_again() {
        var ids = held(3);
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR)) {
            var page = rejectedAll(moderator);
            page.locator("#q-order").selectOption("oldest");
            assertThat(page.locator(".q-list li")).hasCount(0);

            page.locator(".message").getByText("Undo").click();

            page.waitForCondition(() -> waiting() == 3);
            ids.forEach(id -> assertThat(page.locator(line(id))).isVisible());
        }
    }

    @Test
    void what_is_taken_back_while_the_list_is_read_anew_is_in_it() {
        var ids = held(3);
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR)) {
            var page = rejectedAll(moderator);
            var late = new CompletableFuture<Runnable>();
            page.route(
                    Pattern.compile("/queue\\?.*order=oldest"),
                    route -> {
                        if (late.isDone()) {
                            route.resume();
                            return;
                        }
                        var answer = route.fetch();
                        late.complete(() -> route.fulfill(new Route.FulfillOptions().setResponse(answer)));
                    });
            page.locator("#q-order").selectOption("oldest");
            page.waitForCondition(late::isDone);

            page.locator(".message").getByText("Undo").click();
            page.waitForCondition(() -> waiting() == 3);
            assertThat(page.locator(".q-list li.done")).hasCount(0);
            page.waitForResponse(Pattern.compile("/queue\\?"), late.join());

            assertThat(page.locator(".q-list li")).hasCount(3);
            ids.forEach(id -> assertThat(page.locator(line(id))).isVisible());
        }
    }

    /** Their queue, after all in it were rejected as one. */
    private Page rejectedAll(ConsoleVisitor moderator) {
        var page = moderator.open(queue());
        assertThat(page.locator("queue-item h2")).isVisible();
        page.getByRole(AriaRole.BUTTON, name("Select all shown")).click();
        page.keyboard().press("r");
        page.locator("dialog select").selectOption("OFF_TOPIC");
        page.locator("dialog").getByRole(AriaRole.BUTTON, locatorName("Reject")).click();
        page.waitForCondition(() -> waiting() == 0);
        return page;
    }

    @Test
    void a_comment_when_escalated_is_seen_with_its_note_and_decided_by_an_admin() {
        var id = held(1).getFirst();
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR);
                var admin = ConsoleVisitor.of(DemoUsers.GAZETTE_ADMIN)) {
            var page = moderator.open(queue());
            assertThat(page.locator("queue-item h2")).isVisible();
            page.keyboard().press("e");
            page.locator("dialog textarea").fill("He says where she lives.");
            page.locator("dialog").getByRole(AriaRole.BUTTON, locatorName("Escalate")).click();
            page.waitForCondition(() -> waiting() == 0);
            page = moderator.open(queue() + "&escalated=true");
            assertThat(page.locator(".q-truth")).containsText("Only admins decide on it now");
            assertThat(page.getByRole(AriaRole.BUTTON, name("Approve"))).isDisabled();
            moderator.open("/console/gazette/comments");

            var theirs = admin.open(queue() + "&escalated=true");
            assertThat(theirs.locator(".q-truth")).containsText("Mo Gazette escalated it");
            assertThat(theirs.locator(".q-truth")).containsText("He says where she lives.");
            theirs.keyboard().press("r");
            theirs.keyboard().press("3");
            theirs.waitForCondition(() -> status(id).equals("REJECTED"));
        }
    }

    @Test
    void new_comments_when_they_arrive_are_announced_and_never_pushed_under_the_hand() {
        held(2);
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR)) {
            var page = moderator.open(queue());
            assertThat(page.locator("queue-item h2")).isVisible();
            held(1);

            assertThat(page.locator(".q-fresh")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(20_000));
            assertThat(page.locator(".q-list li")).hasCount(2);
            page.locator(".q-fresh").click();
            assertThat(page.locator(".q-list li")).hasCount(3);
            assertThat(page.locator(".q-fresh")).hasCount(0);
        }
    }

    @Test
    void a_comment_that_comes_while_the_first_counts_are_asked_for_is_announced() {
        held(2);
        var late = new ArrayList<Route>();
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR)) {
            moderator.context().route(Pattern.compile("/queue/counts"), late::add);
            var page = moderator.open(queue());
            assertThat(page.locator("queue-item h2")).isVisible();
            page.waitForFunction("() => document.querySelector('queue-page').news.met");
            page.waitForCondition(() -> late.size() == 2);
            held(1);
            page.waitForFunction(
                    "() => document.querySelector('queue-page').news.announcing",
                    null,
                    new Page.WaitForFunctionOptions().setTimeout(20_000));

            late.forEach(Route::resume);

            assertThat(page.locator(".q-fresh")).hasText("1 new – show");
        }
    }

    @Test
    void a_comment_that_comes_while_the_list_is_read_anew_stays_announced() {
        var sport = "s-" + category;
        Fixtures.article("gazette", "gazette-sport", sport, List.of(category));
        Fixtures.held("gazette-sport", sport);
        var late = new ArrayList<Route>();
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_SPORT_MODERATOR)) {
            var page = moderator.open("/console/gazette/queue");
            assertThat(page.locator("queue-item h2")).isVisible();
            page.waitForFunction("() => document.querySelector('queue-page').news.met");
            int shown = page.locator(".q-list li").count();
            var soon = new LocatorAssertions.HasTextOptions().setTimeout(20_000);
            var first = Fixtures.held("gazette-sport", sport);
            assertThat(page.locator(".q-fresh")).hasText("1 new – show", soon);

            // The list is there, but what the page reads beside it takes its time.
            page.route("**/api/v1/tenants/gazette/sites", late::add);
            page.locator(".q-fresh").click();
            assertThat(page.locator(line(first))).isVisible();
            assertThat(page.locator(".q-list li")).hasCount(shown + 1);
            var second = Fixtures.held("gazette-sport", sport);
            assertThat(page.locator(".q-fresh")).hasText("2 new – show", soon);
            assertThat(late).hasSize(1);
            late.getFirst().resume();

            assertThat(page.locator(".q-fresh")).hasText("1 new – show", soon);
            assertThat(page.locator(line(second))).hasCount(0);
            page.unroute("**/api/v1/tenants/gazette/sites");
            page.locator(".q-fresh").click();
            assertThat(page.locator(line(second))).isVisible();
            assertThat(page.locator(".q-fresh")).hasCount(0);
        }
    }

    @Test
    void a_published_comment_when_rejected_from_its_record_can_be_undone_and_all_of_it_is_told() {
        var text = Fixtures.calm();
        var id = Fixtures.published("gazette", article, text);
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR)) {
            var page =
                    moderator.open("/console/gazette/comments?q=" + text.replaceAll(".*number (\\d+)\\.", "number $1"));
            page.locator(".r-list a[href$='" + id + "']").click();
            assertThat(page.locator("h1")).containsText("Comment of");
            assertThat(page.getByRole(AriaRole.BUTTON, name("Approve"))).hasCount(0);

            page.getByRole(AriaRole.BUTTON, name("Reject")).click();
            page.locator("[data-reason=OFF_TOPIC]").click();
            assertThat(page.locator(".heading .tag")).hasText("Rejected");
            assertThat(page.locator(".r-history")).containsText("Mo Gazette rejected it: off topic");

            page.getByRole(AriaRole.BUTTON, name("Undo")).first().click();
            assertThat(page.locator(".heading .tag")).hasText("Published");
            assertThat(page.locator(".r-history")).containsText("took the decision back");
        }
        assertThat(status(id)).isEqualTo("PUBLISHED");
    }

    @Test
    void an_address_when_revealed_by_an_admin_is_shown_once_and_nowhere_else() {
        var comment = Fixtures.comment(Fixtures.calm());
        var id = Fixtures.submit("gazette", article, comment).then().statusCode(201).extract().<String>path("id");
        String commenter = record(id).getString("comment.commenter.id");
        var address = (String) comment.get("email");
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR);
                var admin = ConsoleVisitor.of(DemoUsers.GAZETTE_ADMIN)) {
            var theirs = moderator.open("/console/gazette/commenters/" + commenter);
            assertThat(theirs.locator(".r-counts")).isVisible();
            assertThat(theirs.getByText("Reveal address…")).hasCount(0);

            var page = admin.open("/console/gazette/commenters/" + commenter);
            page.getByText("Reveal address…").click();
            assertThat(page.locator("dialog")).containsText("written into the trail");
            page.locator("dialog textarea").fill("The police asked.");
            page.locator("dialog").getByRole(AriaRole.BUTTON, locatorName("Reveal")).click();
            assertThat(page.locator("dialog")).containsText(address);
            assertThat(page.url()).doesNotContain("@");
            page.getByText("Hide it").click();
            assertThat(page.locator("dialog:has(.r-address)")).hasCount(0);
            assertThat(page.content()).doesNotContain(address);
        }
    }

    @Test
    void what_a_colleague_claims_gives_back_or_decides_is_seen_without_a_reload() {
        var ids = held(4);
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR)) {
            var page = moderator.open(queue());
            assertThat(page.locator("queue-item h2")).isVisible();
            // The first is open, and the next one held for what comes then.
            var free = page.locator(".q-list li").last();
            var comment = free.getAttribute("data-comment");
            assertThat(ids).contains(comment);
            String claim =
                    given().auth()
                            .oauth2(tokens.adminOf("gazette"))
                            .contentType(JSON)
                            .body(Map.of("comment", comment))
                            .post("/api/v1/tenants/gazette/queue/claims")
                            .then()
                            .statusCode(201)
                            .extract()
                            .path("items[0].claim.id");
            var soon = new LocatorAssertions.ContainsTextOptions().setTimeout(20_000);
            assertThat(free).containsText("has it", soon);
            given().auth()
                    .oauth2(tokens.adminOf("gazette"))
                    .delete("/api/v1/tenants/gazette/queue/claims/{c}", claim)
                    .then()
                    .statusCode(204);
            assertThat(free).not().containsText("has it", soon);
            String decision =
                    given().auth()
                            .oauth2(tokens.adminOf("gazette"))
                            .contentType(JSON)
                            .body(Map.of("revision", 1, "stateVersion", 0, "action", "APPROVE"))
                            .post("/api/v1/tenants/gazette/comments/{c}/decisions", comment)
                            .then()
                            .statusCode(200)
                            .extract()
                            .path("decision");
            assertThat(free).containsText("Gone", soon);
            assertThat(page.locator(".q-list li")).hasCount(4);

            // What they take back waits again, and can be decided on as it is now.
            given().auth()
                    .oauth2(tokens.adminOf("gazette"))
                    .contentType(JSON)
                    .body("{}")
                    .post("/api/v1/tenants/gazette/decisions/{d}/undo", decision)
                    .then()
                    .statusCode(200);
            assertThat(free).not().containsText("Gone", soon);
            page.waitForResponse(
                    answer -> answer.url().endsWith("/queue/claims") && answer.ok(), () -> free.locator("a").click());
            assertThat(page.locator(".q-list li.current")).hasAttribute("data-comment", comment);
            page.keyboard().press("a");
            page.waitForCondition(() -> status(comment).equals("PUBLISHED"));
        }
    }

    @Test
    void a_search_that_has_looked_at_a_part_tells_how_far_back_and_goes_on_by_itself() {
        var word = "bittern" + UUID.randomUUID().toString().replaceAll("[^a-z]", "x").substring(0, 8);
        Fixtures.submit("gazette", article, Fixtures.comment("A " + word + " stood in the shallow water."))
                .then()
                .statusCode(201);
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR)) {
            var late = new CompletableFuture<Runnable>();
            moderator
                    .context()
                    .route(
                            Pattern.compile("/gazette/comments\\?.*limit="),
                            route -> {
                                var url = route.request().url();
                                if (!url.contains("cursor=")) {
                                    route.fulfill(
                                            new Route.FulfillOptions()
                                                    .setContentType("application/json")
                                                    .setBody(
                                                            "{\"items\":[],\"cursor\":\"onward\",\"lookedTo\":\"2025-03-04T10:00:00Z\"}"));
                                    return;
                                }
                                var all = new Route.FetchOptions().setUrl(url.replaceAll("&cursor=[^&]*", ""));
                                var answer = route.fetch(all);
                                late.complete(() -> route.fulfill(new Route.FulfillOptions().setResponse(answer)));
                            });
            var page = moderator.open("/console/gazette/comments?q=" + word);

            page.waitForCondition(late::isDone);
            assertThat(page.getByRole(AriaRole.STATUS).getByText("Looked back to")).containsText("2025");
            assertThat(page.getByText("Nothing found")).hasCount(0);

            late.join().run();
            assertThat(page.locator("comments-page .r-list li")).hasCount(1);
            assertThat(page.locator("comments-page .r-list")).containsText(word);
            assertThat(page.getByText("Looked back to")).hasCount(0);
        }
    }

    @Test
    void keys_never_act_while_somebody_types_and_lead_to_the_list_and_back() {
        var ids = held(2);
        try (var moderator = ConsoleVisitor.of(DemoUsers.GAZETTE_MODERATOR)) {
            var page = moderator.open(queue());
            assertThat(page.locator("queue-item h2")).isVisible();
            page.locator("#q-note").focus();
            page.keyboard().type("as j are not");
            assertThat(page.locator("#q-note")).hasValue("as j are not");
            page.keyboard().press("Escape");
            page.keyboard().press("?");
            assertThat(page.locator("dialog h2")).hasText("Keys");
            page.keyboard().press("a");
            page.keyboard().press("Escape");
            assertThat(page.locator("dialog")).hasCount(0);
            page.keyboard().press("Control+a");
            page.keyboard().press("x");
            assertThat(page.locator(".q-bulk strong")).hasText("1 selected");
            page.keyboard().press("Escape");
            page.keyboard().press("Escape");
            assertThat(page.locator("queue-item")).hasCount(0);
            assertThat(page.locator(".q-list a").first()).isFocused();
            page.keyboard().press("Enter");
            assertThat(page.locator("queue-item h2")).isVisible();
            assertThat(ids).extracting(this::status).containsOnly("HELD");

            page.locator("button.good").focus();
            page.keyboard().press("Enter");
            page.waitForCondition(() -> waiting() == 1);
        }
    }

    private static Page.GetByRoleOptions name(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Locator.GetByRoleOptions locatorName(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }

    private static String line(String id) {
        return "[data-comment='" + id + "']";
    }

    private String queue() {
        return "/console/gazette/queue?category=" + category;
    }

    private String queueOf(String id) {
        return "/console/gazette/queue/" + id + "?category=" + category;
    }

    private List<String> held(int count) {
        return IntStream.range(0, count).mapToObj(_ -> Fixtures.held("gazette", article)).toList();
    }

    private io.restassured.path.json.JsonPath record(String id) {
        return given().auth()
                .oauth2(tokens.adminOf("gazette"))
                .get(COMMENT, id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private String status(String id) {
        return record(id).getString("comment.status");
    }

    private String claimedBy(String id) {
        return record(id).getString("queue.claim.member.name");
    }

    /** How many of this test's comments wait. */
    private int waiting() {
        return given().auth()
                .oauth2(tokens.adminOf("gazette"))
                .contentType(JSON)
                .queryParams(Map.of("category", category))
                .get("/api/v1/tenants/gazette/queue")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items")
                .size();
    }
}
