package dev.parley.reader;

import static io.restassured.RestAssured.given;
import static io.restassured.http.ContentType.JSON;

import dev.parley.article.ArticleMetadata;
import dev.parley.article.Articles;
import dev.parley.tenant.NewSite;
import dev.parley.tenant.Sites;
import dev.parley.tenant.TenantContext;
import dev.parley.tenant.Tenants;
import dev.parley.testing.PostgresResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** Tenants with readers who wrote, and links to them. */
@ApplicationScoped
class ReaderWorld {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String RUN = Long.toString(System.nanoTime(), 36);

    private final TenantContext context;
    private final Tenants tenants;
    private final Sites sites;
    private final Articles articles;
    private final Links links;

    ReaderWorld(TenantContext context, Tenants tenants, Sites sites, Articles articles, Links links) {
        this.context = context;
        this.tenants = tenants;
        this.sites = sites;
        this.articles = articles;
        this.links = links;
    }

    /** A comment that was sent. */
    record Sent(UUID id, String status, UUID commenter, String editToken, String readerToken) {}

    /** A new tenant with a site of the same key in that language, and one article named {@code bridge}. */
    String tenant(String language) {
        var id = "reader-" + RUN + "-" + NUMBER.incrementAndGet();
        context.call(id, () -> QuarkusTransaction.requiringNew().call(() -> tenants.create(id, "Tenant " + id)));
        site(id, id, language);
        return id;
    }

    void site(String tenant, String key, String language) {
        in(
                tenant,
                () -> sites.create(new NewSite(key, "The " + key, language, List.of("https://" + key + ".example"))));
        article(tenant, key, "bridge");
    }

    void article(String tenant, String site, String key) {
        in(
                tenant,
                () ->
                        articles.put(
                                sites.byKey(site),
                                key,
                                new ArticleMetadata(
                                        "https://" + site + ".example/" + key,
                                        "About the " + key,
                                        List.of(),
                                        List.of(),
                                        null),
                                true));
    }

    /** A text that is not held. */
    static String calm() {
        return "Thank you for this careful report about harbour wall number " + NUMBER.incrementAndGet() + ".";
    }

    /** A text that is held. */
    static String insult() {
        return "You are a stupid idiot and a pathetic liar, number " + NUMBER.incrementAndGet();
    }

    static String address() {
        return "qzreader" + NUMBER.incrementAndGet() + "@mail.example";
    }

    static Sent send(String site, String name, String email, String body) {
        return send(site, "bridge", name, email, body, Map.of(), Map.of());
    }

    static Sent send(
            String site,
            String article,
            String name,
            String email,
            String body,
            Map<String, Object> more,
            Map<String, String> headers) {
        Map<String, Object> fields = new HashMap<>(Map.of("name", name, "email", email, "body", body));
        fields.putAll(more);
        var answer =
                given().contentType(JSON)
                        .headers(headers)
                        .body(fields)
                        .post("/api/v1/sites/{s}/articles/{a}/comments", site, article)
                        .then()
                        .statusCode(201)
                        .extract()
                        .jsonPath();
        return new Sent(
                UUID.fromString(answer.getString("id")),
                answer.getString("status"),
                UUID.fromString(answer.getString("comment.author.id")),
                answer.getString("editToken"),
                answer.getString("readerToken"));
    }

    String link(String tenant, UUID commenter, LinkPurpose purpose) {
        return in(tenant, () -> links.issue(commenter, purpose));
    }

    String manage(String tenant, UUID commenter) {
        return link(tenant, commenter, LinkPurpose.MANAGE);
    }

    /** A link whose commenter has proved the address already. */
    String proven(String tenant, UUID commenter) {
        var token = manage(tenant, commenter);
        prove(token, commenter).statusCode(200);
        return token;
    }

    <T> T in(String tenant, Supplier<T> job) {
        return context.call(tenant, () -> QuarkusTransaction.requiringNew().call(job::get));
    }

    // --- What a browser does ---

    static Response get(String token, String rest) {
        return given().get("/me/{t}" + rest, token);
    }

    static Document page(String token) {
        return page(get(token, ""));
    }

    static Document page(Response response) {
        return Jsoup.parse(response.then().statusCode(200).extract().asString());
    }

    static ValidatableResponse prove(String token, UUID... mine) {
        var form = given().contentType("application/x-www-form-urlencoded");
        for (var id : mine) {
            form.formParam("mine", id.toString());
        }
        return form.post("/me/{t}", token).then();
    }

    static Response post(String token, String rest, Map<String, String> fields) {
        return given().contentType("application/x-www-form-urlencoded")
                .formParams(fields)
                .post("/me/{t}" + rest, token);
    }

    // --- What stands in the database ---

    static void sql(String sql, Object... values) throws SQLException {
        try (var connection = PostgresResource.asSuperuser();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    static List<String> strings(String sql, Object... values) throws SQLException {
        try (var connection = PostgresResource.asBackup();
                var select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setObject(i + 1, values[i]);
            }
            var found = new ArrayList<String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }

    static String string(String sql, Object... values) throws SQLException {
        return String.valueOf(strings(sql, values).getFirst());
    }

    static List<String> tables() throws SQLException {
        var tables = strings("select polrelid::regclass::text from pg_policy where polname = 'tenant_wall' order by 1");
        if (tables.size() < 15) {
            throw new IllegalStateException("Only these tables have a wall: " + tables);
        }
        return tables;
    }

    /** Every row of a tenant, by table, as a digest. */
    static Map<String, String> state(String tenant) throws SQLException {
        Map<String, String> state = new TreeMap<>();
        for (var table : tables()) {
            state.put(
                    table,
                    string(
                            "select count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') from "
                                    + table
                                    + " t where tenant_id = ?",
                            tenant));
        }
        return state;
    }

    /** The tables in which a text stands, of whatever tenant. */
    static List<String> holding(String needle) throws SQLException {
        List<String> found = new ArrayList<>();
        for (var table : tables()) {
            if (!string("select count(*) from " + table + " t where t::text ilike '%' || ? || '%'", needle)
                    .equals("0")) {
                found.add(table);
            }
        }
        return found;
    }
}
