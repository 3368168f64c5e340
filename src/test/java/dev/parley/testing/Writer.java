package dev.parley.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.testing.History.Attempt;
import dev.parley.testing.History.Kind;
import dev.parley.testing.History.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Posts comments, answers to own ones among them, and takes some back, one after the other. Notes every attempt, and
 * repeats one whose outcome is unknown with the same key until it is known.
 */
public final class Writer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private record Own(String key, String digest, UUID id, String article, String editToken) {}

    private final String name;
    private final String site;
    private final List<String> articles;
    private final HttpClient http;
    private final History history;
    private final Random random;
    private final List<Own> published = new ArrayList<>();
    private int number;

    /**
     * @param name unique among the writers
     * @param site address of the site's API
     */
    public Writer(String name, String site, List<String> articles, HttpClient http, History history, long seed) {
        this.name = name;
        this.site = site;
        this.articles = articles;
        this.http = http;
        this.history = history;
        this.random = new Random(seed);
    }

    /** Goes on until it is told to stop; the attempt that is unknown then is brought to an end first. */
    public void write(BooleanSupplier stop) throws IOException, InterruptedException {
        while (!stop.getAsBoolean()) {
            int dice = random.nextInt(10);
            if (dice == 0 && !published.isEmpty()) {
                withdraw(published.remove(random.nextInt(published.size())));
            } else {
                post(
                        dice < 4 && !published.isEmpty() ? published.get(random.nextInt(published.size())) : null,
                        dice > 7);
            }
        }
    }

    private void post(Own parent, boolean insult) throws IOException, InterruptedException {
        var key = name + "-" + ++number;
        var article = parent == null ? articles.get(random.nextInt(articles.size())) : parent.article();
        // A body of its own for each key: it tells in the tables which key a comment is of.
        var body =
                (insult ? Fixtures.INSULT : "Thank you for this careful report about the bridge")
                        + ", says "
                        + key
                        + ".";
        Map<String, Object> fields = new HashMap<>();
        fields.put("name", "Writer " + name);
        fields.put("email", name + "@writers.example");
        fields.put("body", body);
        if (parent != null) {
            fields.put("parentId", parent.id().toString());
        }
        var digest = HistoryChecker.digest(body);
        var request =
                HttpRequest.newBuilder(URI.create(site + "/articles/" + article + "/comments"))
                        .timeout(REQUEST_LIMIT)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(fields)))
                        .build();
        var answer = untilKnown(key, Kind.POST, digest, request);
        if (answer.statusCode() == 201) {
            var receipt = JSON.readTree(answer.body());
            if (receipt.path("status").asText().equals("PUBLISHED") && parent == null) {
                var id = UUID.fromString(receipt.path("id").asText());
                published.add(new Own(key, digest, id, article, receipt.path("editToken").asText()));
            }
        }
    }

    /** Needs no key: taking back twice is taking back once. */
    private void withdraw(Own comment) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(site + "/comments/" + comment.id()))
                        .timeout(REQUEST_LIMIT)
                        .header("Edit-Token", comment.editToken())
                        .DELETE()
                        .build();
        untilKnown(comment.key(), Kind.WITHDRAW, comment.digest(), request);
    }

    private HttpResponse<String> untilKnown(String key, Kind kind, String digest, HttpRequest request)
            throws IOException, InterruptedException {
        var until = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(until)) {
            var called = Instant.now();
            HttpResponse<String> answer = null;
            try {
                answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (IOException e) {
                // noted as unknown below
            }
            history.add(attempt(key, kind, digest, called, answer));
            if (answer != null && outcome(answer) != Outcome.UNKNOWN) {
                return answer;
            }
            Thread.sleep(200);
        }
        throw new IllegalStateException("No clear answer to %s %s within %s".formatted(kind, key, PATIENCE));
    }

    private static Attempt attempt(String key, Kind kind, String digest, Instant called, HttpResponse<String> answer)
            throws IOException {
        var outcome = answer == null ? Outcome.UNKNOWN : outcome(answer);
        var receipt = answer != null && answer.statusCode() == 201 ? JSON.readTree(answer.body()) : null;
        return new Attempt(
                key,
                kind,
                digest,
                called,
                Instant.now(),
                outcome,
                answer == null ? 0 : answer.statusCode(),
                Optional.ofNullable(receipt).map(r -> UUID.fromString(r.path("id").asText())),
                Optional.ofNullable(receipt).map(r -> r.path("status").asText()));
    }

    private static Outcome outcome(HttpResponse<String> answer) {
        int status = answer.statusCode();
        if (status < 300) {
            return Outcome.OK;
        }
        boolean askAgain =
                status >= 500 || status == 429 || (status == 409 && answer.body().contains("/still-working"));
        return askAgain ? Outcome.UNKNOWN : Outcome.REFUSED;
    }
}
