package dev.parley.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.faults.DeskLog.Decided;
import dev.parley.faults.DeskLog.Given;
import dev.parley.faults.DeskLog.Released;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Works on a queue: takes the next items and decides them, opens what a page shows, which may be a colleague's, decides
 * what they have not claimed, gives back, goes on with a claim, comes too late with one, and now and then leaves with
 * what they have.
 */
final class Moderator {

    /** What they ask for, and how long each took. */
    record Timed(String what, Duration took, int status) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String name;
    private final String queue;
    private final String comments;
    private final String token;
    private final HttpClient http;
    private final DeskLog log;
    private final Duration lease;
    private final int mostThought;
    private final Random random;
    private final Queue<Timed> calls = new ConcurrentLinkedQueue<>();

    /**
     * @param tenant address of the tenant's API
     * @param mostThought milliseconds that they think at most, of an item
     */
    Moderator(
            String name,
            String tenant,
            String token,
            HttpClient http,
            DeskLog log,
            Duration lease,
            int mostThought,
            long seed) {
        this.name = name;
        this.queue = tenant + "/queue";
        this.comments = tenant + "/comments/";
        this.token = token;
        this.http = http;
        this.log = log;
        this.lease = lease;
        this.mostThought = mostThought;
        this.random = new Random(seed);
    }

    List<Timed> calls() {
        return List.copyOf(calls);
    }

    /**
     * Begins after a thought, so that many who begin together do not ask in the same millisecond, and goes on until
     * nothing waits any more.
     *
     * @param hurry ends everything that takes its time
     * @param end ends it all the same, after what they are at
     */
    void work(BooleanSupplier hurry, BooleanSupplier end) throws IOException, InterruptedException {
        think();
        while (!end.getAsBoolean()) {
            int dice = hurry.getAsBoolean() ? 0 : random.nextInt(20);
            boolean some =
                    switch (dice) {
                        case 19 -> leave();
                        case 18 -> comeLate();
                        case 17 -> giveBack();
                        case 15, 16 -> open();
                        case 14 -> decideUnclaimed();
                        default -> next();
                    };
            if (!some) {
                if (page().isEmpty()) {
                    return;
                }
                Thread.sleep(200); // colleagues have what waits
            }
        }
    }

    /** Takes up to five and decides them, one after the other. */
    private boolean next() throws IOException, InterruptedException {
        var items = claim(Map.of("limit", 1 + random.nextInt(5)));
        for (var item : items) {
            think();
            decide(item);
        }
        return !items.isEmpty();
    }

    /** Opens an item of the page, whosever it is. */
    private boolean open() throws IOException, InterruptedException {
        var item = any(page());
        if (item != null) {
            think();
            for (var mine : claim(Map.of("comment", id(item).toString()))) {
                think();
                decide(mine);
            }
        }
        return item != null;
    }

    /** Decides an item of the page without having claimed it. */
    private boolean decideUnclaimed() throws IOException, InterruptedException {
        var item = any(page());
        if (item != null) {
            decide(item);
        }
        return item != null;
    }

    private boolean giveBack() throws IOException, InterruptedException {
        var items = claim(Map.of("limit", 2));
        for (var item : items) {
            think();
            var claim = item.path("claim").path("id").asText();
            log.add(new Released(UUID.fromString(claim), Instant.now()));
            call("release", "DELETE", queue + "/claims/" + claim, BodyPublishers.noBody(), 204);
        }
        return !items.isEmpty();
    }

    /** Goes on with one for longer than a lease, and decides it. */
    private boolean comeLate() throws IOException, InterruptedException {
        var items = claim(Map.of("limit", 1));
        for (var item : items) {
            var claim = item.path("claim").path("id").asText();
            Thread.sleep(lease.dividedBy(2));
            var called = Instant.now();
            var renewed = call("renew", "PUT", queue + "/claims/" + claim, BodyPublishers.noBody(), 200, 404);
            if (renewed.statusCode() == 200) {
                note(JSON.readTree(renewed.body()), called);
            }
            Thread.sleep(lease.plusMillis(random.nextInt(2_000)));
            decide(item);
        }
        return !items.isEmpty();
    }

    /** Is gone with what they have until it has lapsed; later it is somebody else's. */
    private boolean leave() throws IOException, InterruptedException {
        var items = claim(Map.of("limit", 3));
        if (!items.isEmpty()) {
            Thread.sleep(lease.plusMillis(2_000));
        }
        return !items.isEmpty();
    }

    private List<JsonNode> claim(Map<String, Object> what) throws IOException, InterruptedException {
        var called = Instant.now();
        boolean one = what.containsKey("comment");
        var answer =
                one
                        ? call("open", "POST", queue + "/claims", json(what), 201, 404, 409)
                        : call("next", "POST", queue + "/claims", json(what), 201);
        if (answer.statusCode() != 201) {
            return List.of();
        }
        var items = items(answer);
        for (var item : items) {
            if (!item.path("claim").path("mine").asBoolean()) {
                throw new IllegalStateException(
                        "%s was given what is not theirs: %s".formatted(name, item.path("claim")));
            }
            note(item.path("claim"), called);
        }
        return items;
    }

    private void note(JsonNode claim, Instant called) {
        log.add(
                new Given(
                        name,
                        UUID.fromString(claim.path("comment").asText()),
                        UUID.fromString(claim.path("id").asText()),
                        called,
                        Instant.parse(claim.path("expiresAt").asText())));
    }

    private void decide(JsonNode item) throws IOException, InterruptedException {
        boolean rejects = random.nextBoolean();
        Map<String, Object> decision = new HashMap<>();
        decision.put("revision", item.path("comment").path("revision").asInt());
        decision.put("stateVersion", item.path("comment").path("stateVersion").asLong());
        decision.put("action", rejects ? "REJECT" : "APPROVE");
        if (rejects) {
            decision.put("reason", "ABUSE");
        }
        var called = Instant.now();
        var answer = call("decide", "POST", comments + id(item) + "/decisions", json(decision), 200, 409);
        log.add(
                new Decided(
                        name,
                        id(item),
                        rejects ? "REJECTED" : "PUBLISHED",
                        called,
                        Instant.now(),
                        answer.statusCode()));
    }

    private List<JsonNode> page() throws IOException, InterruptedException {
        return items(call("page", "GET", queue + "?limit=50", BodyPublishers.noBody(), 200));
    }

    /** How many wait, as the console asks for it. */
    void count() throws IOException, InterruptedException {
        call("counts", "GET", queue + "/counts", BodyPublishers.noBody(), 200);
    }

    private @Nullable JsonNode any(List<JsonNode> items) {
        return items.isEmpty() ? null : items.get(random.nextInt(items.size()));
    }

    private void think() throws InterruptedException {
        Thread.sleep(random.nextInt(mostThought));
    }

    private static UUID id(JsonNode item) {
        return UUID.fromString(item.path("comment").path("id").asText());
    }

    private static List<JsonNode> items(HttpResponse<String> answer) throws IOException {
        return StreamSupport.stream(JSON.readTree(answer.body()).path("items").spliterator(), false).toList();
    }

    private static BodyPublisher json(Map<String, Object> body) throws IOException {
        return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    }

    /**
     * @throws IllegalStateException if it is answered otherwise than it may be
     */
    private HttpResponse<String> call(String what, String method, String address, BodyPublisher body, Integer... may)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        var answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(address))
                                .timeout(PATIENCE)
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .method(method, body)
                                .build(),
                        BodyHandlers.ofString());
        calls.add(new Timed(what, Duration.ofNanos(System.nanoTime() - began), answer.statusCode()));
        if (!List.of(may).contains(answer.statusCode())) {
            throw new IllegalStateException(
                    "%s: %s was answered %d: %s".formatted(name, what, answer.statusCode(), answer.body()));
        }
        return answer;
    }
}
