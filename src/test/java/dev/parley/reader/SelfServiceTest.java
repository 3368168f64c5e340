package dev.parley.reader;

import static dev.parley.reader.ReaderWorld.address;
import static dev.parley.reader.ReaderWorld.calm;
import static dev.parley.reader.ReaderWorld.get;
import static dev.parley.reader.ReaderWorld.holding;
import static dev.parley.reader.ReaderWorld.insult;
import static dev.parley.reader.ReaderWorld.page;
import static dev.parley.reader.ReaderWorld.post;
import static dev.parley.reader.ReaderWorld.send;
import static dev.parley.reader.ReaderWorld.sql;
import static dev.parley.reader.ReaderWorld.state;
import static dev.parley.reader.ReaderWorld.string;
import static dev.parley.reader.ReaderWorld.strings;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.parley.tenant.TenantStatus;
import dev.parley.tenant.Tenants;
import dev.parley.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody who proved their address sees and does. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class SelfServiceTest {

    @Inject ReaderWorld world;
    @Inject Preferences preferences;
    @Inject Tenants tenants;

    private String site;
    private String email;

    @BeforeEach
    void newTenant() {
        site = world.tenant("en");
        email = address();
    }

    // --- Who gets in ---

    @Test
    void links_that_open_nothing_are_all_answered_alike() throws SQLException {
        var sent = send(site, "Ada", email, calm());
        var other = world.tenant("en");
        world.site(site, "sister-" + site, "en");
        var good = world.manage(site, sent.commenter());
        var secret = good.substring(good.indexOf('.'));
        var lapsed = world.manage(site, sent.commenter());
        sql(
                "update parley.link set lapses_at = now() - interval '1 second' where tenant_id = ? and id ="
                        + " (select max(id::text)::uuid from parley.link where tenant_id = ?)",
                site,
                site);
        var mails = world.link(site, sent.commenter(), LinkPurpose.UNSUBSCRIBE);
        get(good, "").then().statusCode(200);
        get(mails, "/unsubscribe").then().statusCode(200);

        var answers = new TreeSet<String>();
        for (var token :
                List.of(
                        other + secret, // another tenant's site
                        "sister-" + site + secret, // another site of the tenant
                        "no-such-site" + secret,
                        lapsed,
                        mails, // for another use
                        site + "." + "A".repeat(43),
                        good + "A",
                        good.substring(0, good.length() - 1),
                        secret,
                        "nonsense",
                        "x".repeat(2000))) {
            for (var rest : List.of("", "/erase", "/export")) {
                answers.add(shape(get(token, rest)));
            }
            for (var rest : List.of("", "/withdraw", "/mails", "/erase")) {
                answers.add(shape(post(token, rest, Map.of("mails", "off", "comment", sent.id().toString()))));
            }
        }
        answers.add(shape(get(good, "/unsubscribe")));
        answers.add(shape(post(good, "/unsubscribe", Map.of())));

        assertThat(answers).hasSize(1);
        assertThat(answers.first()).startsWith("404 ").contains("This link opens nothing.");
    }

    private static String shape(Response answer) {
        var heads = new TreeSet<String>();
        answer.headers().forEach(header -> heads.add(header.getName() + ": " + header.getValue()));
        heads.removeIf(head -> head.startsWith("Date") || head.startsWith("date"));
        return answer.statusCode() + " " + heads + answer.asString();
    }

    @Test
    void a_link_of_a_suspended_tenant_opens_nothing() {
        var token = world.manage(site, send(site, "Ada", email, calm()).commenter());
        get(token, "").then().statusCode(200);

        world.in(site, () -> tenants.change(site, TenantStatus.SUSPENDED));

        get(token, "").then().statusCode(404);
    }

    @Test
    void only_a_hash_of_the_token_is_kept() throws SQLException {
        var token = world.manage(site, send(site, "Ada", email, calm()).commenter());

        assertThat(token).startsWith(site + ".").hasSize(site.length() + 44);
        var secret = java.util.Base64.getUrlDecoder().decode(token.substring(site.length() + 1));
        assertThat(secret).hasSize(32);
        assertThat(holding(token.substring(site.length() + 1))).isEmpty();
        assertThat(holding(java.util.HexFormat.of().formatHex(secret))).isEmpty();
    }

    @Test
    void nothing_of_another_tenant_or_commenter_can_be_seen_or_touched() throws SQLException {
        var other = world.tenant("en");
        var theirs = send(other, "Foreign", email, "Foreign words about a foreign harbour wall.");
        var neighbours = send(site, "Neighbour", address(), "Neighbourly words about the harbour wall.");
        var token = world.proven(site, send(site, "Ada", email, calm()).commenter());
        var before = state(other);
        var comments = strings("select status from comment where id in (?, ?)", theirs.id(), neighbours.id());

        for (var id : List.of(theirs.id(), neighbours.id(), UUID.randomUUID())) {
            post(token, "/withdraw", Map.of("comment", id.toString())).then().statusCode(404);
        }

        assertThat(page(token).text()).doesNotContain("Foreign").doesNotContain("Neighbour");
        assertThat(get(token, "/export").asString()).doesNotContain("Foreign").doesNotContain("Neighbour");
        assertThat(strings("select status from comment where id in (?, ?)", theirs.id(), neighbours.id()))
                .isEqualTo(comments);
        assertThat(state(other)).isEqualTo(before);
    }

    @Test
    void before_the_proof_nothing_can_be_done_but_to_give_it() throws SQLException {
        var sent = send(site, "Ada", email, calm());
        var token = world.manage(site, sent.commenter());
        var before = state(site);

        post(token, "/withdraw", Map.of("comment", sent.id().toString())).then().statusCode(409);
        post(token, "/mails", Map.of("mails", "off")).then().statusCode(409);
        post(token, "/erase", Map.of()).then().statusCode(409);
        var export = get(token, "/export");
        export.then().statusCode(409);

        assertThat(Jsoup.parse(export.asString()).text()).contains("Please say first that the address is yours.");
        assertThat(state(site)).isEqualTo(before);
    }

    // --- The pages ---

    @Test
    void every_page_has_the_heads_that_keep_its_address_secret() {
        var sent = send(site, "Ada", email, calm());
        var unproven = world.manage(site, send(site, "Other", address(), calm()).commenter());
        var token = world.proven(site, sent.commenter());
        for (var answer :
                List.of(
                        get(unproven, ""),
                        get(token, ""),
                        get(token, "/erase"),
                        get(token, "/export"),
                        get(world.link(site, sent.commenter(), LinkPurpose.UNSUBSCRIBE), "/unsubscribe"),
                        get("nothing", ""),
                        get(token, "/no-such-page"),
                        given().delete("/me/{t}", token),
                        given().contentType("text/plain").body("x").post("/me/{t}", token))) {
            assertThat(answer.headers().getValues("Content-Security-Policy"))
                    .containsExactly(
                            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
                                    + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("X-Robots-Tag")).isEqualTo("noindex, nofollow");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            if (!answer.contentType().startsWith("application/json")) {
                assertThat(answer.contentType()).isEqualToIgnoringCase("text/html;charset=UTF-8");
                var page = Jsoup.parse(answer.asString());
                assertThat(page.select("script, style, [style], img, iframe, [onclick]")).isEmpty();
                assertThat(page.select("meta[name=robots]").attr("content")).isEqualTo("noindex, nofollow");
                assertThat(page.select("h1")).hasSize(1);
                assertThat(page.select("input:not([type=hidden])"))
                        .allSatisfy(input -> assertThat(page.select("label[for=" + input.id() + "]")).hasSize(1));
            }
        }
        page(token)
                .select("link[rel=stylesheet]")
                .eachAttr("href")
                .forEach(href -> given().get(href).then().statusCode(200));
    }

    @Test
    void a_page_speaks_the_sites_language_or_the_one_that_is_asked_for() {
        var german = world.tenant("de");
        var token = world.proven(german, send(german, "Ada", email, calm()).commenter());

        assertThat(page(token).select("html").attr("lang")).isEqualTo("de");
        assertThat(page(token).select("h1").text()).isEqualTo("Ihre Kommentare auf The " + german);
        var arabic = page(get(token, "?lang=ar"));
        assertThat(arabic.select("html").attr("lang")).isEqualTo("ar");
        assertThat(arabic.select("html").attr("dir")).isEqualTo("rtl");
        assertThat(arabic.select("form").eachAttr("action")).allMatch(action -> action.endsWith("?lang=ar"));
        assertThat(page(get(token, "?lang=xx")).select("html").attr("lang")).isEqualTo("de");
        var lost = given().header("Accept-Language", "ar, en;q=0.5").get("/me/nothing");
        assertThat(Jsoup.parse(lost.asString()).select("html").attr("dir")).isEqualTo("rtl");
        assertThat(Jsoup.parse(given().get("/me/nothing?lang=de").asString()).select("html").attr("lang"))
                .isEqualTo("de");
    }

    @Test
    void what_people_typed_is_shown_as_text() {
        var name = "<img src=x onerror=alert(1)>";
        var text = "<script>alert(1)</script> \"quoted\" & calm words about the harbour {me:title} {1+1}.";
        var sent = send(site, name, email, text);
        var token = world.manage(site, sent.commenter());

        var asked = page(token);
        assertThat(asked.select("script, img")).isEmpty();
        assertThat(asked.text()).contains(name).contains(text);
        ReaderWorld.prove(token, sent.commenter()).statusCode(200);
        var shown = page(token);
        assertThat(shown.select("script, img")).isEmpty();
        assertThat(shown.select(".text").text()).isEqualTo(text);
    }

    @Test
    void comments_in_every_state_are_listed_with_the_reasons_in_words() throws SQLException {
        var first = send(site, "Ada", email, calm());
        var remembered = Map.of("Reader-Token", first.readerToken());
        var held = send(site, "bridge", "Ada", email, insult(), Map.of(), remembered);
        var gone = send(site, "bridge", "Ada", email, calm(), Map.of(), remembered);
        var token = world.proven(site, first.commenter());
        post(token, "/withdraw", Map.of("comment", gone.id().toString())).then().statusCode(200);

        var page = page(token);

        assertThat(page.select(".mine > li").eachAttr("id"))
                .containsExactly("comment-" + gone.id(), "comment-" + held.id(), "comment-" + first.id());
        assertThat(page.select(".state").eachText())
                .containsExactly("Taken back", "Waits for a moderator", "Published");
        assertThat(page.select("#comment-" + held.id() + " .why").text())
                .isEqualTo("Why: It reads as hostile or insulting. This was decided automatically.");
        var german = page(get(token, "?lang=de"));
        assertThat(german.select("#comment-" + held.id() + " .why").text())
                .isEqualTo("Warum: Er liest sich feindselig oder beleidigend. Das wurde automatisch entschieden.");
        assertThat(page.select("#comment-" + gone.id() + " form")).isEmpty();
        assertThat(page.select("#comment-" + held.id() + " form")).hasSize(1);
    }

    @Test
    void many_comments_come_in_pages() {
        var first = send(site, "Ada", email, calm());
        var remembered = Map.of("Reader-Token", first.readerToken());
        for (int i = 0; i < 24; i++) {
            send(site, "bridge", "Ada", email, calm(), Map.of(), remembered);
        }
        var token = world.proven(site, first.commenter());

        var newest = page(token);
        assertThat(newest.select(".mine > li")).hasSize(20);
        var older = page(given().urlEncodingEnabled(false).get(newest.select("a[rel=next]").attr("href")));

        assertThat(older.select(".mine > li")).hasSize(5);
        assertThat(older.select("a[rel=next]")).isEmpty();
        assertThat(newest.select(".mine > li").eachAttr("id"))
                .doesNotContainAnyElementsOf(older.select(".mine > li").eachAttr("id"));
        get(token, "?cursor=forged").then().statusCode(400);
    }

    // --- Withdraw, mails ---

    @Test
    void a_comment_can_be_taken_back_at_any_time_and_twice() throws SQLException {
        var sent = send(site, "Ada", email, "Words to be taken back about the harbour wall.");
        var reply =
                send(site, "bridge", "Other", address(), calm(), Map.of("parentId", sent.id().toString()), Map.of());
        sql("update parley.comment set created_at = now() - interval '3 years' where id = ?", sent.id());
        var token = world.proven(site, sent.commenter());

        var page = page(post(token, "/withdraw", Map.of("comment", sent.id().toString())));
        assertThat(page.select(".notice.good").text()).contains("Your comment is taken back.");
        post(token, "/withdraw", Map.of("comment", sent.id().toString())).then().statusCode(200);

        assertThat(string("select status || ' ' || state_version from comment where id = ?", sent.id()))
                .isEqualTo("WITHDRAWN 1");
        var thread = given().get("/api/v1/sites/{s}/articles/bridge/comments", site);
        thread.then().body("count", is(1)).body("items[0].id", is(sent.id().toString()));
        assertThat(thread.asString()).doesNotContain("Words to be taken back").contains(reply.id().toString());
    }

    @Test
    void mails_can_be_switched_off_and_on() {
        var sent = send(site, "Ada", email, calm());
        var token = world.proven(site, sent.commenter());

        var off = page(post(token, "/mails", Map.of("mails", "off")));
        assertThat(world.in(site, () -> preferences.of(sent.commenter()))).isEqualTo(new Preference(true, false));
        assertThat(off.text()).contains("Mails are switched off.", "You get no mails from us.");
        page(post(token, "/mails", Map.of("mails", "on")));
        assertThat(world.in(site, () -> preferences.of(sent.commenter()))).isEqualTo(new Preference(true, true));
        post(token, "/mails", Map.of("mails", "maybe")).then().statusCode(400);
        post(token, "/mails", Map.of()).then().statusCode(400);
    }

    @Test
    void unsubscribing_takes_one_click_and_says_the_same_each_time() throws SQLException {
        var sent = send(site, "Ada", email, calm());
        var same = send(site, "Ada", email, calm());
        var other = send(site, "Other", address(), calm());
        for (var asked : List.of(sent, same, other)) {
            world.in(
                    site,
                    () -> {
                        preferences.change(asked.commenter(), true);
                        return true;
                    });
        }
        var token = world.link(site, sent.commenter(), LinkPurpose.UNSUBSCRIBE);
        assertThat(page(get(token, "/unsubscribe")).select("button").text()).isEqualTo("Send me no more mails");

        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            // As mail programs do it: no cookie, no Origin, no more than this body (RFC 8058).
            answers.add(
                    shape(
                            given().contentType("application/x-www-form-urlencoded")
                                    .body("List-Unsubscribe=One-Click")
                                    .post("/me/{t}/unsubscribe", token)));
            answers.add(shape(given().multiPart("List-Unsubscribe", "One-Click").post("/me/{t}/unsubscribe", token)));
        }

        assertThat(new TreeSet<>(answers)).hasSize(1);
        assertThat(answers.getFirst()).startsWith("200 ").contains("sends nothing more to your address");
        assertThat(world.in(site, () -> preferences.of(sent.commenter()).mails())).isFalse();
        assertThat(world.in(site, () -> preferences.of(same.commenter()).mails())).isFalse();
        assertThat(world.in(site, () -> preferences.of(other.commenter()).mails())).isTrue();
        // It opens nothing else.
        get(token, "").then().statusCode(404);
        post(token, "/mails", Map.of("mails", "on")).then().statusCode(404);
        assertThat(string("select (lapses_at - created_at)::text from link where tenant_id = ?", site))
                .isEqualTo("400 days");
    }

    // --- Export ---

    @Test
    void an_export_holds_all_that_they_wrote_and_nothing_of_anybody_else() throws SQLException {
        var root = send(site, "Neighbour", address(), "Neighbourly words about the harbour wall.");
        var sent =
                send(
                        site,
                        "bridge",
                        "Ada",
                        email,
                        calm(),
                        Map.of("parentId", root.id().toString(), "website", "https://ada.example"),
                        Map.of());
        given().header("Edit-Token", sent.editToken())
                .contentType("application/json")
                .body(Map.of("body", "You are a stupid idiot and a pathetic liar, edited"))
                .patch("/api/v1/sites/{s}/comments/{c}", site, sent.id())
                .then()
                .statusCode(200);
        var held =
                send(site, "bridge", "Ada B.", email, insult(), Map.of(), Map.of("Reader-Token", sent.readerToken()));
        var token = world.proven(site, sent.commenter());

        var answer = get(token, "/export");

        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=\"comments.json\"");
        var file = answer.jsonPath();
        assertThat(file.getString("about")).contains("Your email address is not in this file");
        assertThat(file.getString("commenter.name")).isEqualTo("Ada");
        assertThat(file.getString("commenter.website")).isEqualTo("https://ada.example");
        assertThat(file.getList("comments.id")).containsExactly(held.id().toString(), sent.id().toString());
        assertThat(file.getList("comments[1].revisions.number")).containsExactly(1, 2);
        assertThat(file.getList("comments[1].revisions.decision"))
                .containsExactly("Published at once.", "Held, so that a person decides.");
        assertThat(file.getList("comments[1].revisions[1].reasons"))
                .containsExactly("It reads as hostile or insulting.");
        assertThat(file.getList("comments[1].statements[0].reasons"))
                .containsExactly("It reads as hostile or insulting.");
        assertThat(file.getString("comments[1].articleTitle")).isEqualTo("About the bridge");
        assertThat(file.getBoolean("comments[1].reply")).isTrue();
        assertThat(answer.asString())
                .doesNotContain("Neighbour")
                .doesNotContain(root.id().toString())
                .doesNotContain(root.commenter().toString())
                .doesNotContainIgnoringCase(email)
                .doesNotContainIgnoringCase(email.substring(0, email.indexOf('@')));
        given().accept("application/json").get("/me/{t}/export", token).then().statusCode(200);
    }

    // --- Erase ---

    @Test
    void what_is_erased_is_found_nowhere_and_others_keep_theirs() throws SQLException {
        var canary = "Kumquat" + Long.toString(System.nanoTime(), 36);
        var name = "Zz" + canary;
        var text = "A careful text about the harbour wall, signed " + canary + "-body.";
        var sent =
                send(
                        site,
                        "bridge",
                        name,
                        canary + "@mail.example",
                        text,
                        Map.of("website", "https://" + canary + ".example"),
                        Map.of());
        var remembered = Map.of("Reader-Token", sent.readerToken());
        var held = send(site, "bridge", name, canary + "@mail.example", insult() + " " + canary, Map.of(), remembered);
        var linked =
                send(
                        site,
                        "bridge",
                        name,
                        canary + "@mail.example",
                        "See https://" + canary + ".example/a and https://" + canary + ".example/b and more.",
                        Map.of(),
                        Map.of());
        var unclaimed = send(site, "Somebody", canary + "@mail.example", calm());
        var reply =
                send(site, "bridge", "Other", address(), calm(), Map.of("parentId", sent.id().toString()), Map.of());
        var foreign = world.tenant("en");
        var theirs = send(foreign, "Foreign", address(), calm());
        sql(
                "insert into parley.note (tenant_id, id, comment_id, member_id, text, created_at)"
                        + " values (?, gen_random_uuid(), ?, gen_random_uuid(), ?, now())",
                site,
                held.id(),
                "Is this " + canary + " again?");
        given().contentType("application/json")
                .body(ProofTest.body(site, canary + "@mail.example"))
                .post("/api/v1/me/link")
                .then()
                .statusCode(202);
        var token = world.manage(site, sent.commenter());
        ReaderWorld.prove(token, sent.commenter(), linked.commenter()).statusCode(200);
        var spare = world.link(site, linked.commenter(), LinkPurpose.UNSUBSCRIBE);
        var before = state(foreign);
        assertThat(holding(canary)).contains("comment", "commenter", "revision", "note");

        assertThat(page(get(token, "/erase")).select("h1").text()).isEqualTo("Erase everything you wrote?");
        var done = page(post(token, "/erase", Map.of()));

        assertThat(done.select(".notice.good").text()).contains("Everything is erased.");
        assertThat(holding(canary)).isEmpty();
        assertThat(holding(Long.toHexString(0)).isEmpty()).isFalse(); // the search itself finds things
        assertThat(strings("select commenter_id from commenter_address where tenant_id = ?", site)).hasSize(1);
        assertThat(strings("select id from link where tenant_id = ?", site)).isEmpty();
        assertThat(strings("select id from link_request where tenant_id = ?", site)).isEmpty();
        assertThat(strings("select comment_id from queue_item where tenant_id = ?", site)).isEmpty();
        assertThat(strings("select distinct status from comment where commenter_id = ?", sent.commenter()))
                .containsExactly("WITHDRAWN");
        assertThat(
                        strings(
                                "select distinct coalesce(text_hash::text, network::text, name) from comment where commenter_id = ?",
                                sent.commenter()))
                .containsExactly(Erasing.NAME);
        assertThat(
                        strings(
                                "select distinct body from revision where comment_id in (?, ?, ?)",
                                sent.id(),
                                held.id(),
                                linked.id()))
                .containsExactly("");
        // What was decided stays on record.
        assertThat(strings("select comment_id from statement where comment_id = ?", held.id())).hasSize(1);
        assertThat(string("select decision -> 'reasons' -> 0 ->> 'code' from revision where comment_id = ?", held.id()))
                .isNotBlank();
        assertThat(
                        strings(
                                "select action from audit_entry where subject_id = ? and action = 'COMMENTER_ERASED'",
                                sent.commenter().toString()))
                .hasSize(1);
        // Others keep what is theirs; the place of the answered comment stays.
        var thread = given().get("/api/v1/sites/{s}/articles/bridge/comments", site);
        thread.then().body("count", is(2));
        assertThat(thread.asString()).contains(reply.id().toString(), unclaimed.id().toString()).doesNotContain(canary);
        assertThat(string("select body <> '' from revision where comment_id = ?", unclaimed.id())).isEqualTo("t");
        assertThat(state(foreign)).isEqualTo(before);
        assertThat(theirs.status()).isEqualTo("PUBLISHED");
        // Caches and feeds are told.
        assertThat(
                        strings(
                                "select type from outbox_event where tenant_id = ? and type in ('CommentWithdrawn', 'CommenterErased')",
                                site))
                .containsExactlyInAnyOrder(
                        "CommentWithdrawn", "CommentWithdrawn", "CommentWithdrawn", "CommenterErased");
        // The links are dead, and so is the reader token.
        get(token, "").then().statusCode(404);
        post(token, "/erase", Map.of()).then().statusCode(404);
        get(spare, "/unsubscribe").then().statusCode(404);
        assertThat(world.in(site, () -> preferences.of(linked.commenter()))).isEqualTo(Preference.NONE);
        var again = send(site, "bridge", "New", canary + "@mail.example", calm(), Map.of(), remembered);
        assertThat(again.commenter()).isNotEqualTo(sent.commenter());
        // Staff and the writer's own program meet an empty comment, not an error.
        given().header("Edit-Token", sent.editToken())
                .contentType("application/json")
                .body(Map.of("body", calm()))
                .patch("/api/v1/sites/{s}/comments/{c}", site, sent.id())
                .then()
                .statusCode(409);
    }

    @Test
    void a_whole_branch_when_erased_leaves_right_counts() throws SQLException {
        var root = send(site, "Ada", email, calm());
        var remembered = Map.of("Reader-Token", root.readerToken());
        var middle = send(site, "bridge", "Ada", email, calm(), Map.of("parentId", root.id().toString()), remembered);
        send(site, "bridge", "Ada", email, calm(), Map.of("parentId", middle.id().toString()), remembered);
        var stranger = send(site, "Other", address(), calm());
        var below =
                send(site, "bridge", "Ada", email, calm(), Map.of("parentId", stranger.id().toString()), remembered);
        var token = world.proven(site, root.commenter());

        post(token, "/erase", Map.of()).then().statusCode(200);

        assertThat(strings("select visible_replies from comment where tenant_id = ?", site)).containsOnly("0");
        assertThat(string("select comment_count from article where tenant_id = ?", site)).isEqualTo("1");
        var thread = given().get("/api/v1/sites/{s}/articles/bridge/comments", site);
        assertThat(thread.jsonPath().getList("items.id")).containsExactly(stranger.id().toString());
        assertThat(thread.asString()).doesNotContain(below.id().toString());
    }

    @Test
    void without_an_entry_in_the_trail_the_database_empties_no_revision() throws SQLException {
        var sent = send(site, "Ada", email, calm());
        try (var app = PostgresResource.asApp();
                var statement = app.createStatement()) {
            statement.execute("select set_config('parley.tenant', '" + site + "', false)");
            try (var rows =
                    statement.executeQuery(
                            "select parley.blank_revisions('"
                                    + sent.commenter()
                                    + "', (select id from parley.audit_entry limit 1))")) {
                rows.next();
                assertThat(rows.getInt(1)).isZero();
            }
        }
        assertThat(string("select body <> '' from revision where comment_id = ?", sent.id())).isEqualTo("t");
    }
}
