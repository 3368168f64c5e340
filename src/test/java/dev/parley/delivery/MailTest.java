package dev.parley.delivery;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import dev.parley.testing.Attacks;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.SmtpResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mails over a real SMTP server, from the submission to what arrives. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
@WithTestResource(SmtpResource.class)
class MailTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Tokens TOKENS = new Tokens();
    private static final String STAFF = "/api/v1/tenants/{tenant}";

    @Inject Post post;

    private String article;

    @BeforeEach
    void anArticle() throws SQLException {
        SmtpResource.up();
        Fixtures.ensure();
        post.run("delete from mail"); // of the tests before
        article = Fixtures.newArticle("gazette", "gazette");
    }

    // --- Proof ---

    @Test
    void a_submission_that_wants_mails_gets_one_with_a_link_and_no_word_of_the_comment() throws Exception {
        var address = address();
        var text = Fixtures.calm();
        var id = send(address, text, true).extract().<String>path("id");

        post.go("gazette");
        post.go("gazette");

        var mails = SmtpResource.to(address);
        assertThat(mails).hasSize(1);
        var mail = mails.getFirst();
        assertThat(mail.subject()).isEqualTo("Confirm your address for Site gazette");
        assertThat(mail.contentType()).startsWith("text/plain");
        assertThat(mail.text()).contains("Reader").doesNotContain(text).doesNotContain("bridge number");
        assertThat(mail.link()).matches("http://127\\.0\\.0\\.1:\\d+/me/gazette\\.[A-Za-z0-9_-]{43}");
        assertThat(mail.headers("From")).containsExactly("Gazette comments <comments@parley.example>");
        assertThat(mail.headers("To")).containsExactly(address);
        assertThat(mail.headers("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.headers("List-Unsubscribe")).isEmpty();
        var row = post.rows(id).getFirst();
        assertThat(mail.headers("Message-ID")).containsExactly("<" + row.id() + "@127.0.0.1>");
        assertThat(row.outcome()).isEqualTo("SENT");
    }

    @Test
    void a_submission_that_wants_no_mails_gets_none() throws Exception {
        var address = address();
        var no = send(address, Fixtures.calm(), false).extract().<String>path("id");
        var nothing = Fixtures.comment(Fixtures.calm());
        nothing.put("email", address);
        var silent = Fixtures.submit("gazette", article, nothing).then().statusCode(201).extract().<String>path("id");

        post.go("gazette");

        assertThat(post.rows(no)).isEmpty();
        assertThat(post.rows(silent)).isEmpty();
        assertThat(SmtpResource.to(address)).isEmpty();
    }

    @Test
    void whoever_repeats_a_request_gets_no_second_mail_and_another_wish_is_another_request() {
        var address = address();
        var fields = fields(address, Fixtures.calm(), true);
        var key = "mail-" + UUID.randomUUID();
        keyed(key, fields).statusCode(201);
        keyed(key, fields).statusCode(201);
        fields.put("notify", false);
        keyed(key, fields).statusCode(422);

        post.go("gazette");

        assertThat(SmtpResource.to(address)).hasSize(1);
    }

    @Test
    void one_address_gets_one_unanswered_proof_an_hour_and_five_a_day() throws Exception {
        var address = address();
        for (int i = 0; i < 4; i++) {
            send(address, Fixtures.calm(), true);
        }
        send(address.toUpperCase(java.util.Locale.ROOT), Fixtures.calm(), true);
        post.go("gazette");
        assertThat(SmtpResource.to(address)).hasSize(1);

        for (int i = 2; i <= 8; i++) {
            post.age("61 minutes");
            send(address, Fixtures.calm(), true);
            post.go("gazette");
            assertThat(SmtpResource.to(address)).hasSize(Math.min(i, 5));
        }
        post.age("1 day");
        send(address, Fixtures.calm(), true);
        post.go("gazette");
        assertThat(SmtpResource.to(address)).hasSize(6);
    }

    @Test
    void who_is_proven_gets_no_second_link_and_their_mails_are_switched_on() throws Exception {
        var address = address();
        var first = send(address, Fixtures.calm(), true).extract();
        post.go("gazette");
        post.prove(first.path("id"));
        var author = UUID.fromString(first.path("comment.author.id"));
        post.run("update commenter set mails = false where id = '" + author + "'");

        given().header("Reader-Token", first.<String>path("readerToken"))
                .contentType(JSON)
                .body(fields(address, Fixtures.calm(), true))
                .post("/api/v1/sites/gazette/articles/{a}/comments", article)
                .then()
                .statusCode(201)
                .body("comment.author.id", is(author.toString()));
        post.go("gazette");

        assertThat(SmtpResource.to(address)).hasSize(1);
        assertThat(count("commenter", "id = '" + author + "' and mails")).isOne();
    }

    @Test
    void a_policy_that_wants_proof_holds_what_is_not_proven_and_mails_a_link() throws Exception {
        var proving = Fixtures.article("gazette", "gazette", "proven-only-" + NUMBER.incrementAndGet(), List.of());
        requireProof(proving);
        var key = "proven-only-" + NUMBER.get();
        var address = address();

        var held =
                Fixtures.submit("gazette", key, fields(address, Fixtures.calm(), false))
                        .then()
                        .statusCode(201)
                        .body("status", is("HELD"))
                        .body("reasons.code", hasItem("ADDRESS"))
                        .body("reasons.text", hasItem("The address has to be confirmed by the link in the mail first."))
                        .extract();
        post.go("gazette");
        assertThat(SmtpResource.to(address)).hasSize(1);

        post.prove(held.path("id"));
        given().header("Reader-Token", held.<String>path("readerToken"))
                .contentType(JSON)
                .body(fields(address, Fixtures.calm(), false))
                .post("/api/v1/sites/gazette/articles/{a}/comments", key)
                .then()
                .statusCode(201)
                .body("status", is("PUBLISHED"));
        Fixtures.submit("gazette", key, fields(address, Fixtures.calm(), false))
                .then()
                .statusCode(201)
                .body("status", is("HELD"));
    }

    @Test
    void the_link_of_a_proof_opens_a_page_that_a_scanner_changes_nothing_with_and_a_click_publishes() throws Exception {
        var key = "proven-by-link-" + NUMBER.incrementAndGet();
        requireProof(Fixtures.article("gazette", "gazette", key, List.of()));
        var address = address();
        var held =
                Fixtures.submit("gazette", key, fields(address, Fixtures.calm(), true))
                        .then()
                        .statusCode(201)
                        .body("status", is("HELD"))
                        .extract();
        post.go("gazette");
        var page = path(SmtpResource.to(address).getFirst().link());

        given().get(page).then().statusCode(200);
        given().head(page);
        assertThat(shown(key)).doesNotContain(held.<String>path("id"));
        given().contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParam("mine", held.<String>path("comment.author.id"))
                .post(page)
                .then()
                .statusCode(200);

        assertThat(shown(key)).contains(held.<String>path("id"));
        post.go("gazette");
        assertThat(SmtpResource.to(address)).as("no mail about what they just did").hasSize(1);
    }

    @Test
    void a_link_that_is_asked_for_is_mailed_to_a_known_address_and_nothing_to_an_unknown_one() {
        var known = address();
        var unknown = address();
        send(known, Fixtures.calm(), false);
        var answers = new ArrayList<String>();
        for (var address : List.of(known, unknown)) {
            answers.add(
                    given().contentType(JSON)
                            .body(Map.of("site", "gazette", "email", address))
                            .post("/api/v1/me/link")
                            .then()
                            .statusCode(202)
                            .extract()
                            .asString());
        }
        post.go("gazette");

        assertThat(answers.getFirst()).isEqualTo(answers.get(1));
        assertThat(SmtpResource.to(known)).hasSize(1);
        assertThat(SmtpResource.to(known).getFirst().subject()).isEqualTo("Your link for Site gazette");
        assertThat(SmtpResource.to(unknown)).isEmpty();
        given().get(path(SmtpResource.to(known).getFirst().link())).then().statusCode(200);
    }

    @Test
    void who_is_asked_for_by_others_gets_three_links_an_hour_at_most() {
        var known = address();
        send(known, Fixtures.calm(), false);
        for (int i = 0; i < 5; i++) {
            given().contentType(JSON)
                    .body(Map.of("site", "gazette", "email", known))
                    .post("/api/v1/me/link")
                    .then()
                    .statusCode(org.hamcrest.Matchers.oneOf(202, 429));
            post.go("gazette");
        }
        assertThat(SmtpResource.to(known)).hasSizeBetween(1, 3);
    }

    // --- The way of a mail ---

    @Test
    void a_mail_that_finds_no_server_comes_later_once_and_with_a_link_of_its_own() throws Exception {
        var address = address();
        var id = send(address, Fixtures.calm(), true).extract().<String>path("id");
        SmtpResource.down();

        assertThat(post.go("gazette")).isEqualTo(Sender.Round.UNREACHABLE);

        var waiting = post.rows(id).getFirst();
        assertThat(waiting.attempts()).isOne();
        assertThat(waiting.dueLater()).isTrue();
        assertThat(waiting.outcome()).isEmpty();
        assertThat(waiting.lastError()).contains("Exception").doesNotContain(address);
        long issued = count("link", "true");

        SmtpResource.up();
        post.go("gazette");
        assertThat(SmtpResource.to(address)).as("not before its time").isEmpty();
        post.makeDue();
        post.go("gazette");
        post.makeDue();
        post.go("gazette");

        assertThat(SmtpResource.to(address)).hasSize(1);
        assertThat(count("link", "true")).as("a fresh link").isGreaterThan(issued);
        assertThat(post.rows(id).getFirst().attempts()).isEqualTo(2);
    }

    @Test
    void a_mail_that_is_refused_is_tried_again_and_given_up_and_the_server_s_words_are_kept_nowhere() throws Exception {
        var address = address();
        var id = send(address, Fixtures.calm(), true).extract().<String>path("id");
        SmtpResource.down();
        try (var _ = new RefusingServer(SmtpResource.port(), 550)) {
            for (int i = 1; i < Mail.ATTEMPTS_IF_REFUSED; i++) {
                assertThat(post.go("gazette")).isEqualTo(Sender.Round.DONE);
                var row = post.rows(id).getFirst();
                assertThat(row.attempts()).isEqualTo(i);
                assertThat(row.outcome()).isEmpty();
                assertThat(row.lastError()).isEqualTo("SMTP 550");
                assertThat(row.dueLater()).isTrue();
                post.makeDue();
            }
            post.go("gazette");
        }
        assertThat(post.rows(id).getFirst().outcome()).isEqualTo("GIVEN_UP");
        SmtpResource.up();
        post.makeDue();
        post.go("gazette");
        assertThat(SmtpResource.to(address)).isEmpty();
    }

    @Test
    void a_mail_that_is_put_off_waits_longer_each_time_and_arrives() throws Exception {
        var address = address();
        var id = send(address, Fixtures.calm(), true).extract().<String>path("id");
        SmtpResource.down();
        try (var _ = new RefusingServer(SmtpResource.port(), 451)) {
            for (int i = 0; i < Mail.ATTEMPTS_IF_REFUSED + 1; i++) {
                post.go("gazette");
                post.makeDue();
            }
        }
        assertThat(post.rows(id).getFirst().lastError()).isEqualTo("SMTP 451");
        SmtpResource.up();
        post.go("gazette");
        assertThat(SmtpResource.to(address)).hasSize(1);
    }

    @Test
    void a_sender_that_is_killed_before_it_marks_sends_again_under_the_same_message_id() throws Exception {
        var address = address();
        var id = send(address, Fixtures.calm(), true).extract().<String>path("id");
        post.relay("gazette");

        post.sendAndDie("gazette", post.rows(id).getFirst().id());
        post.go("gazette");
        assertThat(SmtpResource.to(address)).as("not at once").hasSize(1);
        post.makeDue();
        post.go("gazette");

        var mails = SmtpResource.to(address);
        assertThat(mails).hasSize(2);
        assertThat(mails.get(1).headers("Message-ID")).isEqualTo(mails.getFirst().headers("Message-ID"));
        assertThat(mails.get(1).link()).isNotEqualTo(mails.getFirst().link());
    }

    @Test
    void many_senders_at_once_send_each_mail_once() throws Exception {
        var addresses = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            addresses.add(address());
            send(addresses.getLast(), Fixtures.calm(), true);
        }
        post.relay("gazette");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Sender.Round> work = () -> post.go("gazette");
            for (var done : threads.invokeAll(List.of(work, work, work, work))) {
                done.get();
            }
        }
        for (var address : addresses) {
            assertThat(SmtpResource.to(address)).hasSize(1);
        }
    }

    @Test
    void a_mail_whose_address_was_erased_meanwhile_is_dropped() throws Exception {
        var address = address();
        var sent = send(address, Fixtures.calm(), true).extract();
        String id = sent.path("id");
        post.relay("gazette");
        given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .delete(STAFF + "/commenters/{id}/address", "gazette", sent.<String>path("comment.author.id"))
                .then()
                .statusCode(204);

        post.go("gazette");

        assertThat(post.rows(id).getFirst().outcome()).isEqualTo("DROPPED");
        assertThat(SmtpResource.to(address)).isEmpty();
    }

    // --- Walls ---

    @Test
    void a_tenant_s_round_sends_none_of_another_s_mails() throws Exception {
        var address = address();
        var id =
                Fixtures.submit("herald", "harbour-bridge", fields(address, Fixtures.calm(), true))
                        .then()
                        .statusCode(201)
                        .extract()
                        .<String>path("id");
        post.relay("herald");

        post.go("gazette");
        assertThat(SmtpResource.to(address)).isEmpty();
        assertThat(post.claim("gazette", post.rows(id).getFirst().id())).isEmpty();

        post.go("herald");
        assertThat(SmtpResource.to(address)).hasSize(1);
        assertThat(SmtpResource.to(address).getFirst().link()).contains("/me/herald.");
    }

    @Test
    void the_database_opens_an_address_only_to_the_transaction_that_claimed_a_mail_to_it() throws Exception {
        var one = send(address(), Fixtures.calm(), true).extract();
        var other = send(address(), Fixtures.calm(), true).extract();
        post.relay("gazette");
        var mail = post.rows(one.path("id")).getFirst().id();
        String author = one.path("comment.author.id");
        String another = other.path("comment.author.id");
        var claim = "update parley.mail set attempts = attempts + 1 where tenant_id = '%s' and id = '" + mail + "'";

        assertThat(opened("gazette", null, author, mail)).as("not claimed").isNull();
        assertThat(opened("gazette", claim.formatted("gazette"), another, mail)).as("of somebody else").isNull();
        assertThat(opened("herald", claim.formatted("gazette"), author, mail)).as("of another tenant").isNull();
        assertThat(opened("", claim.formatted("gazette"), author, mail)).as("of no tenant").isNull();
        assertThat(opened("gazette", claim.formatted("gazette"), author, mail)).as("claimed").isNotNull();
        post.go("gazette");
        assertThat(opened("gazette", claim.formatted("gazette"), author, mail)).as("sent already").isNull();
    }

    private static byte[] opened(String tenant, String claim, String commenter, UUID mail) throws SQLException {
        try (var app = PostgresResource.asApp();
                var statement = app.createStatement()) {
            app.setAutoCommit(false);
            try {
                statement.execute("select set_config('parley.tenant', '" + tenant + "', true)");
                if (claim != null) {
                    statement.execute(claim);
                }
                try (var rows =
                        statement.executeQuery(
                                "select parley.open_address_for_mail('%s', '%s')".formatted(commenter, mail))) {
                    rows.next();
                    return rows.getBytes(1);
                }
            } finally {
                app.rollback();
            }
        }
    }

    // --- Hostile words ---

    @Test
    void hostile_names_stay_one_header_and_plain_text() throws Exception {
        var names = new ArrayList<String>();
        Attacks.rows("a-xss.jsonl").stream()
                .map(row -> row.payload())
                .filter(p -> p.length() <= 80)
                .forEach(names::add);
        names.addAll(
                List.of(
                        "Ann\r\nBcc: evil@evil.example",
                        "Ann\nX-Evil: 1",
                        "a".repeat(200),
                        "ليلى الكاتبة",
                        "=?utf-8?B?QmNjOiB4?=",
                        "\"Ann\" <evil@evil.example>, b",
                        "Visit evil.example now",
                        "{site} {name} {inject:vertx}",
                        "a".repeat(80)));
        int accepted = 0;
        for (var name : names) {
            var address = address();
            var fields = fields(address, Fixtures.calm(), true);
            fields.put("name", name);
            int status = Fixtures.submit("gazette", article, fields).statusCode();
            assertThat(status).as(name).isIn(201, 400);
            if (status == 201) {
                accepted++;
                post.go("gazette");
                mustBePlain(address, name);
            }
        }
        System.out.printf("Hostile names: %d sent, %d accepted and mailed%n", names.size(), accepted);
        assertThat(accepted).isGreaterThan(20);
    }

    private static void mustBePlain(String address, String name) {
        assertThat(SmtpResource.to(address)).as(name).hasSize(1);
        var mail = SmtpResource.to(address).getFirst();
        assertThat(mail.contentType()).startsWith("text/plain");
        assertThat(new HashSet<>(mail.headerNames()))
                .as(name)
                .isSubsetOf(
                        "Return-Path",
                        "Received",
                        "MIME-Version",
                        "Message-ID",
                        "Date",
                        "Subject",
                        "From",
                        "To",
                        "Content-Type",
                        "Content-Transfer-Encoding",
                        "Auto-Submitted",
                        "List-Unsubscribe",
                        "List-Unsubscribe-Post");
        for (var header : List.of("Subject", "From", "To", "Message-ID")) {
            assertThat(mail.headers(header)).as(name).hasSize(1);
        }
        assertThat(mail.text().replace(mail.link(), "")).as(name).doesNotContain("evil.example").doesNotContain("://");
    }

    @Test
    void hostile_names_and_titles_in_a_notification_stay_one_header_and_plain_text() throws Exception {
        var site = "hostile-" + NUMBER.incrementAndGet();
        Fixtures.site("gazette", site);
        var here = Fixtures.newArticle("gazette", site);
        post.run(
                "update site set name = E'Evil\\r\\nBcc: evil@evil.example' || repeat('x', 80) where key = '"
                        + site
                        + "'");
        post.run(
                "update article set title = E'<script>alert(1)</script>\\r\\n\\r\\nX-Evil: \u202eabc' where key = '"
                        + here
                        + "'");
        var address = address();
        var asked =
                Fixtures.submit(site, here, fields(address, Fixtures.calm(), false))
                        .then()
                        .statusCode(201)
                        .extract()
                        .<String>path("id");
        post.prove(asked);
        var answer = Fixtures.comment(Fixtures.calm());
        answer.put("parentId", asked);
        answer.put("name", "<img src=x onerror=alert(1)>");
        Fixtures.submit(site, here, answer).then().statusCode(201);

        post.go("gazette");

        var mails = SmtpResource.to(address);
        assertThat(mails).hasSize(1);
        var mail = mails.getFirst();
        assertThat(mail.headers("Bcc")).isEmpty();
        assertThat(mail.headers("X-Evil")).isEmpty();
        assertThat(mail.headers("Subject")).hasSize(1);
        assertThat(mail.subject()).startsWith("<img src=x onerror=alert(1)> answered you on Evil Bcc: evil@evil");
        assertThat(mail.contentType()).startsWith("text/plain");
        assertThat(mail.text()).contains("“<script>alert(1)</script> X-Evil: abc”").doesNotContain("\u202e");
    }

    // --- Answers and decisions ---

    @Test
    void an_answer_to_a_proven_commenter_is_mailed_with_its_place_and_a_way_out() throws Exception {
        var address = address();
        var asked = send(address, Fixtures.calm(), false).extract().<String>path("id");
        post.prove(asked);
        var text = Fixtures.calm();
        var answer = answer(asked, address(), "Ann Keller", text);

        post.go("gazette");
        post.go("gazette");

        var mails = SmtpResource.to(address);
        assertThat(mails).hasSize(1);
        var mail = mails.getFirst();
        assertThat(mail.subject()).isEqualTo("Ann Keller answered you on Site gazette");
        assertThat(mail.text())
                .contains("“About " + article + "”")
                .contains("https://gazette.example/" + article + "#comment-" + answer)
                .doesNotContain(text);
        assertThat(mail.headers("List-Unsubscribe")).containsExactly("<" + mail.link() + ">");
        assertThat(mail.link()).matches("http://127\\.0\\.0\\.1:\\d+/me/gazette\\.[A-Za-z0-9_-]{43}/unsubscribe");
        assertThat(mail.headers("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
    }

    @Test
    void one_click_on_unsubscribe_ends_the_mails() throws Exception {
        var address = address();
        var asked = send(address, Fixtures.calm(), false).extract().<String>path("id");
        post.prove(asked);
        answer(asked, address(), "Ann Keller", Fixtures.calm());
        post.go("gazette");
        var way = path(SmtpResource.to(address).getFirst().link());

        given().get(way).then().statusCode(200);
        answer(asked, address(), "Ben Keller", Fixtures.calm());
        post.go("gazette");
        given().contentType("application/x-www-form-urlencoded")
                .body("List-Unsubscribe=One-Click")
                .post(way)
                .then()
                .statusCode(200);
        post.makeDue();
        post.go("gazette");

        assertThat(SmtpResource.to(address)).as("the waiting one is dropped").hasSize(1);
    }

    @Test
    void an_answer_is_not_mailed_to_its_author_nor_to_the_unproven_nor_to_those_who_want_none() throws Exception {
        var address = address();
        var asked = send(address, Fixtures.calm(), false).extract();
        answer(asked.path("id"), address(), "Ann", Fixtures.calm());
        post.go("gazette");
        assertThat(SmtpResource.to(address)).as("not proven").isEmpty();

        post.prove(asked.path("id"));
        answer(asked.path("id"), address, "Myself", Fixtures.calm());
        post.go("gazette");
        assertThat(SmtpResource.to(address)).as("from another browser at the same address").isEmpty();

        post.run("update commenter set mails = false where id = '" + asked.path("comment.author.id") + "'");
        answer(asked.path("id"), address(), "Ben", Fixtures.calm());
        post.go("gazette");
        assertThat(SmtpResource.to(address)).as("wants none").isEmpty();
    }

    @Test
    void answers_within_ten_minutes_make_one_mail_more() throws Exception {
        var address = address();
        var asked = send(address, Fixtures.calm(), false).extract().<String>path("id");
        post.prove(asked);
        answer(asked, address(), "First", Fixtures.calm());
        post.go("gazette");
        assertThat(SmtpResource.to(address)).hasSize(1);

        var places = new ArrayList<String>();
        for (int i = 0; i < 25; i++) {
            places.add(answer(asked, address(), "Reader " + i, Fixtures.calm()));
        }
        post.go("gazette");
        assertThat(SmtpResource.to(address)).as("ten minutes are not over").hasSize(1);
        post.makeDue();
        post.go("gazette");

        var mails = SmtpResource.to(address);
        assertThat(mails).hasSize(2);
        assertThat(mails.get(1).subject()).isEqualTo("New answers to you on Site gazette");
        assertThat(mails.get(1).text())
                .contains("#comment-" + places.getFirst())
                .contains("Reader 19")
                .doesNotContain("Reader 20")
                .contains("There are more answers on the page: 5.")
                .doesNotContain("First");
    }

    @Test
    void an_edit_that_readers_see_at_once_is_mailed_to_nobody() throws Exception {
        var address = address();
        var asked = send(address, Fixtures.calm(), false).extract().<String>path("id");
        post.prove(asked);
        var answer = Fixtures.comment(Fixtures.calm());
        answer.put("parentId", asked);
        var sent = Fixtures.submit("gazette", article, answer).then().statusCode(201).extract();
        post.go("gazette");
        given().header("Edit-Token", sent.<String>path("editToken"))
                .contentType(JSON)
                .body(Map.of("body", Fixtures.calm()))
                .patch("/api/v1/sites/gazette/comments/{id}", sent.<String>path("id"))
                .then()
                .statusCode(200)
                .body("status", is("PUBLISHED"));
        post.go("gazette");
        post.makeDue();
        post.go("gazette");

        assertThat(SmtpResource.to(address)).hasSize(1);
    }

    @Test
    void a_decision_on_a_held_comment_is_mailed_to_its_proven_commenter() throws Exception {
        var address = address();
        var held = held(address);
        post.prove(held);
        post.go("gazette");
        assertThat(SmtpResource.to(address)).as("nothing is decided yet").isEmpty();

        decide(held, 0, Map.of("action", "APPROVE"));
        post.go("gazette");
        decide(held, 1, Map.of("action", "REJECT", "reason", "ABUSE", "note", "seen before"));
        post.go("gazette");
        post.go("gazette");

        var mails = SmtpResource.to(address);
        assertThat(mails).hasSize(2);
        assertThat(mails.getFirst().subject()).isEqualTo("Your comment on Site gazette was published");
        assertThat(mails.getFirst().text()).contains("https://gazette.example/" + article + "#comment-" + held);
        assertThat(mails.get(1).subject()).isEqualTo("Your comment on Site gazette was rejected");
        assertThat(mails.get(1).text())
                .contains("A moderator rejected")
                .contains("- It insults or attacks people.")
                .doesNotContain("seen before")
                .doesNotContain("idiot")
                .doesNotContainIgnoringCase("moderator of")
                .doesNotContain("toxicity");
        assertThat(mails.get(1).headers("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
    }

    @Test
    void a_decision_is_not_mailed_to_the_unproven() throws Exception {
        var address = address();
        var held = held(address);
        decide(held, 0, Map.of("action", "APPROVE"));
        post.go("gazette");

        assertThat(SmtpResource.to(address)).isEmpty();
        assertThat(post.rows(held)).isEmpty();
    }

    @Test
    void what_was_switched_off_before_it_was_sent_is_dropped() throws Exception {
        var address = address();
        var held = held(address);
        post.prove(held);
        decide(held, 0, Map.of("action", "APPROVE"));
        post.relay("gazette");
        post.run(
                "update commenter set mails = false where id ="
                        + " (select commenter_id from comment where id = '"
                        + held
                        + "')");
        post.go("gazette");

        assertThat(post.rows(held).getFirst().outcome()).isEqualTo("DROPPED");
        assertThat(SmtpResource.to(address)).isEmpty();
    }

    @Test
    void mails_are_written_in_the_language_of_the_site() throws Exception {
        Map<String, String> subjects =
                Map.of(
                        "de",
                        "Bestätigen Sie Ihre Adresse für Seite",
                        "ar",
                        "أكّد عنوانك لدى Seite",
                        "fi",
                        "Confirm your address for Seite");
        for (var language : subjects.entrySet()) {
            var site = "language-" + language.getKey() + "-" + NUMBER.incrementAndGet();
            Fixtures.site("gazette", site);
            post.run(
                    "update site set name = 'Seite', language = '%s' where key = '%s'"
                            .formatted(language.getKey(), site));
            var here = Fixtures.newArticle("gazette", site);
            var address = address();
            Fixtures.submit(site, here, fields(address, Fixtures.calm(), true)).then().statusCode(201);
            post.go("gazette");

            var mail = SmtpResource.to(address).getFirst();
            assertThat(mail.subject()).isEqualTo(language.getValue());
            assertThat(new String(mail.raw(), StandardCharsets.UTF_8).split("\r\n\r\n", 2)[0])
                    .as("headers are ASCII")
                    .matches("\\p{ASCII}*");
        }
    }

    // --- Small things ---

    private static String path(String link) {
        return link.substring(link.indexOf("/me/"));
    }

    private static String shown(String article) {
        return given().get("/api/v1/sites/gazette/articles/{a}/comments", article)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static String address() {
        return "mail-reader-" + NUMBER.incrementAndGet() + "@mail.example";
    }

    private static Map<String, Object> fields(String address, String text, boolean wantsMails) {
        var fields = Fixtures.comment(text);
        fields.put("email", address);
        fields.put("notify", wantsMails);
        return fields;
    }

    private ValidatableResponse send(String address, String text, boolean wantsMails) {
        return Fixtures.submit("gazette", article, fields(address, text, wantsMails)).then().statusCode(201);
    }

    private ValidatableResponse keyed(String key, Map<String, Object> fields) {
        return given().header("Idempotency-Key", key)
                .contentType(JSON)
                .body(fields)
                .post("/api/v1/sites/gazette/articles/{a}/comments", article)
                .then();
    }

    private String answer(String parent, String address, String name, String text) {
        var fields = fields(address, text, false);
        fields.put("parentId", parent);
        fields.put("name", name);
        return Fixtures.submit("gazette", article, fields)
                .then()
                .statusCode(201)
                .body("status", is("PUBLISHED"))
                .extract()
                .path("id");
    }

    private String held(String address) {
        var id =
                Fixtures.submit(
                                "gazette",
                                article,
                                fields(address, Fixtures.INSULT + " " + NUMBER.incrementAndGet(), false))
                        .then()
                        .statusCode(201)
                        .body("status", is("HELD"))
                        .extract();
        return id.path("id");
    }

    private static void decide(String id, int stateVersion, Map<String, Object> action) {
        var body = new java.util.HashMap<>(action);
        body.put("revision", 1);
        body.put("stateVersion", stateVersion);
        given().auth()
                .oauth2(TOKENS.moderatorOf("gazette"))
                .contentType(JSON)
                .body(body)
                .post(STAFF + "/comments/{id}/decisions", "gazette", id)
                .then()
                .statusCode(200);
    }

    private static void requireProof(String article) {
        given().auth()
                .oauth2(TOKENS.adminOf("gazette"))
                .contentType(JSON)
                .body(
                        Map.of(
                                "scope",
                                "ARTICLE",
                                "scopeRef",
                                article,
                                "basedOn",
                                0,
                                "reason",
                                "only those whose address is proven",
                                "document",
                                Map.of("requireProof", true)))
                .put(STAFF + "/policies", "gazette")
                .then()
                .statusCode(200);
    }

    private static long count(String table, String condition) throws SQLException {
        try (var connection = PostgresResource.asBackup();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from " + table + " where " + condition)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
