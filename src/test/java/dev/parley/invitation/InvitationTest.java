package dev.parley.invitation;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.delivery.Post;
import dev.parley.standalone.DemoUsers;
import dev.parley.testing.AtOnce;
import dev.parley.testing.ConsoleVisitor;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import dev.parley.testing.SmtpResource;
import dev.parley.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From an address to a member, with a real SMTP server and a real Keycloak. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
@WithTestResource(SmtpResource.class)
class InvitationTest {

    private static final Tokens TOKENS = new Tokens();
    private static final String INVITATIONS = "/api/v1/tenants/gazette/invitations";
    private static final String LINK = "/console/invitation/";

    @Inject Post post;

    @BeforeEach
    void tenants() throws SQLException {
        SmtpResource.up();
        Fixtures.ensure();
        post.run("update invitation set outcome = 'WITHDRAWN', ended_at = now() where outcome is null");
    }

    @Test
    void somebody_who_was_invited_gets_an_account_and_is_a_member_until_they_are_removed() throws Exception {
        var address = address();
        var sport = Fixtures.siteId("gazette", "gazette-sport");
        String id =
                invite(address, "Inga Newcomer", "MODERATOR", List.of(sport))
                        .then()
                        .statusCode(201)
                        .body("state", is("OPEN"))
                        .body("invitedBy.name", is(DemoUsers.GAZETTE_ADMIN.displayName()))
                        .body("sites", is(List.of(sport)))
                        .extract()
                        .path("id");
        var token = mailed(address);

        given().get("/api/v1/invitations/{t}", token)
                .then()
                .statusCode(200)
                .body("tenantName", is("The gazette"))
                .body("name", is("Inga Newcomer"))
                .body("role", is("MODERATOR"));
        var account = given().post("/api/v1/invitations/{t}/account", token).then().statusCode(200).extract();
        assertThat(account.<Boolean>path("created")).isTrue();
        String username = account.path("username");
        assertThat(username).startsWith("inga.newcomer-");
        assertThat(account.<String>path("temporaryPassword")).hasSize(20);
        given().post("/api/v1/invitations/{t}/account", token)
                .then()
                .statusCode(200)
                .body("created", is(false))
                .body("temporaryPassword", nullValue());
        // The password is right, and good for nothing but to be replaced.
        assertThat(grant(username, account.path("temporaryPassword")).then().statusCode(400).extract().asString())
                .contains("not fully set up");
        replacePassword(username, address);
        String theirs = grant(username, DemoUsers.PASSWORD).then().statusCode(200).extract().path("access_token");
        given().auth().oauth2(theirs).get("/api/v1/tenants/gazette/queue").then().statusCode(404);

        given().post("/api/v1/invitations/{t}/acceptance", token).then().statusCode(401);
        String member =
                given().auth()
                        .oauth2(theirs)
                        .post("/api/v1/invitations/{t}/acceptance", token)
                        .then()
                        .statusCode(200)
                        .body("tenant", is("gazette"))
                        .body("role", is("MODERATOR"))
                        .body("sites", is(List.of(sport)))
                        .extract()
                        .path("member");

        given().auth().oauth2(theirs).get("/api/v1/tenants/gazette/queue").then().statusCode(200);
        given().auth().oauth2(theirs).get("/api/v1/me").then().body("memberships.member", is(List.of(member)));
        nothing(token, theirs);
        admin().get(INVITATIONS).then().body("items.find { it.id == '" + id + "' }.state", is("ACCEPTED"));
        assertThat(addresses(id)).isZero();
        admin().delete("/api/v1/tenants/gazette/members/{m}", member).then().statusCode(204);
        given().auth().oauth2(theirs).get("/api/v1/tenants/gazette/queue").then().statusCode(404);
        given().auth().oauth2(theirs).get("/api/v1/me").then().body("memberships", is(List.of()));
    }

    @Test
    void who_has_an_account_gets_none_and_who_is_a_member_does_not_become_one_again() throws Exception {
        invite(DemoUsers.GAZETTE_MODERATOR.username() + "@staff.example", "Mo", "ADMIN", List.of());
        var token = mailed(DemoUsers.GAZETTE_MODERATOR.username() + "@staff.example");

        given().post("/api/v1/invitations/{t}/account", token)
                .then()
                .statusCode(200)
                .body("created", is(false))
                .body("username", nullValue());
        given().auth()
                .oauth2(TOKENS.moderatorOf("gazette"))
                .post("/api/v1/invitations/{t}/acceptance", token)
                .then()
                .statusCode(409);
        given().get("/api/v1/invitations/{t}", token).then().statusCode(200);
    }

    @Test
    void what_is_withdrawn_lapsed_replaced_unknown_or_of_another_tenant_is_answered_alike() throws Exception {
        var withdrawn = address();
        String first = invite(withdrawn, "One", "MODERATOR", List.of()).path("id");
        var firstToken = mailed(withdrawn);
        var lapsed = address();
        String second = invite(lapsed, "Two", "MODERATOR", List.of()).path("id");
        var secondToken = mailed(lapsed);
        var resent = address();
        String third = invite(resent, "Three", "MODERATOR", List.of()).path("id");
        var replaced = mailed(resent);
        var someone = TOKENS.of(DemoUsers.NEWCOMER);

        admin().delete(INVITATIONS + "/{i}", first).then().statusCode(204);
        post.run("update invitation set lapses_at = now() - interval '1 second' where id = '" + second + "'");
        admin().post(INVITATIONS + "/{i}/resend", third).then().statusCode(200).body("state", is("OPEN"));

        assertThat(addresses(first)).isZero();
        for (var token :
                List.of(
                        firstToken,
                        secondToken,
                        replaced,
                        "gazette." + "A".repeat(43),
                        "nowhere." + secondToken.split("\\.")[1],
                        "herald." + mailed(resent).split("\\.")[1],
                        "rubbish")) {
            nothing(token, someone);
        }
        given().get("/api/v1/invitations/{t}", mailed(resent)).then().statusCode(200);
        admin().post(INVITATIONS + "/{i}/resend", first).then().statusCode(409);
        admin().post(INVITATIONS + "/{i}/resend", second).then().statusCode(409);
        given().auth()
                .oauth2(TOKENS.adminOf("herald"))
                .delete("/api/v1/tenants/herald/invitations/{i}", third)
                .then()
                .statusCode(404);
    }

    @Test
    void an_invitation_when_whoever_invites_is_removed_lets_nobody_in() throws Exception {
        var former = Fixtures.member("gazette", DemoUsers.GAZETTE_FORMER, "ADMIN", List.of());
        var address = address();
        given().auth()
                .oauth2(TOKENS.of(DemoUsers.GAZETTE_FORMER))
                .contentType(JSON)
                .body(Map.of("email", address, "name", "Back Door", "role", "ADMIN", "sites", List.of()))
                .post(INVITATIONS)
                .then()
                .statusCode(201);
        var token = mailed(address);
        given().get("/api/v1/invitations/{t}", token).then().statusCode(200);

        admin().delete("/api/v1/tenants/gazette/members/{m}", former).then().statusCode(204);

        nothing(token, TOKENS.of(DemoUsers.GAZETTE_FORMER));
    }

    @Test
    void an_address_is_sealed_and_shows_nowhere_and_no_statement_gets_it_without_an_entry() throws Exception {
        var address = address();
        var answer = invite(address, "Nora", "ADMIN", List.of()).then().statusCode(201).extract();
        var link = mailed(address);
        String id = answer.path("id");

        assertThat(answer.asString()).doesNotContain(address);
        assertThat(admin().get(INVITATIONS).asString()).contains(id).doesNotContain(address).doesNotContain(link);
        var trail = admin().queryParam("subject", id).get("/api/v1/tenants/gazette/audit").then().extract();
        assertThat(trail.<List<String>>path("items.action")).contains("INVITATION_CREATED", "INVITATION_OPENED");
        assertThat(trail.asString()).doesNotContain(address);
        try (var app = PostgresResource.asApp();
                var enter = app.prepareStatement("select set_config('parley.tenant', 'gazette', false)");
                var select =
                        app.prepareStatement(
                                "select open_invited_address(cast(? as uuid), (select e.id from audit_entry e"
                                        + " where e.subject_id = ? and e.action = 'INVITATION_OPENED' limit 1))")) {
            enter.execute();
            select.setString(1, id);
            select.setString(2, id);
            try (var rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getBytes(1)).as("by an entry of another transaction").isNull();
            }
        }
    }

    @Test
    void bad_invitations_are_refused() {
        invite("no address", "Nora", "ADMIN", List.of()).then().statusCode(400).body("errors.field", hasItem("email"));
        invite(address(), "see https://x.example", "ADMIN", List.of())
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("name"));
        invite(address(), " ", "ADMIN", List.of()).then().statusCode(400);
        invite(address(), "Nora", "OWNER", List.of()).then().statusCode(400);
        invite(address(), "Nora", "MODERATOR", List.of(UUID.randomUUID().toString())).then().statusCode(404);
        invite(address(), "Nora", "MODERATOR", List.of(Fixtures.siteId("herald", "herald"))).then().statusCode(404);
        given().auth()
                .oauth2(TOKENS.moderatorOf("gazette"))
                .contentType(JSON)
                .body(Map.of("email", address(), "name", "Nora", "role", "ADMIN"))
                .post(INVITATIONS)
                .then()
                .statusCode(403);
    }

    private static void nothing(String token, String signedIn) {
        given().get("/api/v1/invitations/{t}", token).then().statusCode(404).body("detail", is("No such invitation"));
        given().post("/api/v1/invitations/{t}/account", token)
                .then()
                .statusCode(404)
                .body("detail", is("No such invitation"));
        given().auth()
                .oauth2(signedIn)
                .post("/api/v1/invitations/{t}/acceptance", token)
                .then()
                .statusCode(404)
                .body("detail", is("No such invitation"));
    }

    /** The token of the last mail to an address. */
    private String mailed(String address) {
        post.deliver("gazette");
        var mail = SmtpResource.to(address).getLast();
        assertThat(mail.subject()).isEqualTo("Invitation to The gazette");
        var line = mail.text().lines().filter(l -> l.contains(LINK)).findFirst().orElseThrow();
        assertThat(line).startsWith(ConsoleVisitor.ORIGIN + "/console/invitation/gazette.");
        return line.substring(line.indexOf(LINK) + LINK.length());
    }

    @Test
    void there_is_an_end_to_the_open_ones_for_those_too_who_invite_at_the_same_time() throws Exception {
        for (int i = 0; i < 49; i++) {
            invite(address(), "Inga Newcomer", "MODERATOR", List.of()).then().statusCode(201);
        }

        var answers = AtOnce.times(8, () -> invite(address(), "Inga Newcomer", "MODERATOR", List.of()).statusCode());

        post.run("update invitation set outcome = 'WITHDRAWN', ended_at = now() where outcome is null");
        assertThat(answers).containsOnly(201, 409).containsOnlyOnce(201);
    }

    private static Response invite(String address, String name, String role, List<String> sites) {
        return admin().contentType(JSON)
                .body(Map.of("email", address, "name", name, "role", role, "sites", sites))
                .post(INVITATIONS);
    }

    private static io.restassured.specification.RequestSpecification admin() {
        return given().auth().oauth2(TOKENS.adminOf("gazette"));
    }

    private static String address() {
        return "invited-" + UUID.randomUUID() + "@mail.example";
    }

    private static long addresses(String invitation) throws SQLException {
        try (var connection = PostgresResource.asBackup();
                var rows =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "select count(*) from invitation_address where invitation_id = '"
                                                + UUID.fromString(invitation)
                                                + "'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Response grant(String username, String password) {
        return given().formParam("grant_type", "password")
                .formParam("client_id", "parley-demo")
                .formParam("username", username)
                .formParam("password", password)
                .post(KeycloakResource.issuer() + "/protocol/openid-connect/token");
    }

    /** What the page of the sign-in server does when somebody signs in for the first time. */
    private static void replacePassword(String username, String address) {
        String token =
                given().formParam("grant_type", "client_credentials")
                        .formParam("client_id", "parley-invitations")
                        .formParam("client_secret", KeycloakResource.secret())
                        .post(KeycloakResource.issuer() + "/protocol/openid-connect/token")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("access_token");
        var users = KeycloakResource.issuer().replace("/realms/", "/admin/realms/") + "/users";
        var user =
                given().auth()
                        .oauth2(token)
                        .queryParam("username", username)
                        .queryParam("exact", true)
                        .get(users)
                        .then()
                        .statusCode(200)
                        .body("[0].email", is(address))
                        .body("[0].emailVerified", is(true))
                        .body("[0].requiredActions", hasItem("UPDATE_PASSWORD"))
                        .extract();
        String id = user.path("[0].id");
        given().auth()
                .oauth2(token)
                .contentType(JSON)
                .body(Map.of("type", "password", "value", DemoUsers.PASSWORD, "temporary", false))
                .put(users + "/{id}/reset-password", id)
                .then()
                .statusCode(204);
        given().auth()
                .oauth2(token)
                .contentType(JSON)
                .body(Map.of("requiredActions", List.of()))
                .put(users + "/{id}", id)
                .then()
                .statusCode(204);
        // The client can make accounts and nothing else.
        given().auth()
                .oauth2(token)
                .contentType(JSON)
                .body(Map.of("clientId", "another"))
                .post(KeycloakResource.issuer().replace("/realms/", "/admin/realms/") + "/clients")
                .then()
                .statusCode(403);
    }
}
