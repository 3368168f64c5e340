package dev.parley.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.testing.History;
import dev.parley.testing.History.Outcome;
import dev.parley.testing.Newsroom;
import dev.parley.testing.PackagedParley;
import dev.parley.testing.Writer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writers and readers of one site who go on, whatever happens, until they are told to stop. */
final class Crew implements AutoCloseable {

    /** Longer than the goal for every answer, so that one that misses it is seen. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration TRAFFIC_LIMIT = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final History history = new History();
    private final Calls reads = new Calls();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final List<Future<?>> working = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = client();

    /**
     * Begins.
     *
     * @param writers who post, one comment after the other
     * @param readers who read the first page of a thread ten times a second at most
     */
    Crew(PackagedParley parley, Newsroom newsroom, int writers, int readers) {
        var site = site(parley, newsroom);
        for (int i = 0; i < writers; i++) {
            var writer = new Writer("w" + i, site, newsroom.articles(), http, history, i);
            working.add(
                    threads.submit(() -> {
                        writer.write(stop::get);
                        return null;
                    }));
        }
        for (int i = 0; i < readers; i++) {
            var request = reading(parley, newsroom, newsroom.articles().get(i % newsroom.articles().size()));
            working.add(
                    threads.submit(() -> {
                        while (!stop.get()) {
                            reads.send(http, request);
                            Thread.sleep(PAUSE);
                        }
                        return null;
                    }));
        }
    }

    /** As {@link PackagedParley#settings}, for runs that are about anything but scoring; can be changed. */
    static Map<String, String> settings(EmbeddedDatabase database, Path folder) throws IOException {
        var settings = PackagedParley.settings(database, folder);
        // Under this load a comment would else be held for want of a score, and published later in the background.
        settings.put("PARLEY_SCORING_DEADLINE", "5S");
        return settings;
    }

    /** A client of HTTP/1.1 that waits five seconds for a connection. */
    static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    static HttpRequest reading(PackagedParley parley, Newsroom newsroom, String article) {
        return HttpRequest.newBuilder(URI.create(site(parley, newsroom) + "/articles/" + article + "/comments"))
                .timeout(PATIENCE)
                .build();
    }

    /** A calm comment on the first article. */
    static HttpRequest posting(PackagedParley parley, Newsroom newsroom, String writer, String key) {
        return posting(
                parley,
                newsroom,
                newsroom.articles().getFirst(),
                writer,
                key,
                "Thank you for this careful report about the bridge");
    }

    /** A comment that says also who says it, so that no two are the same. */
    static HttpRequest posting(
            PackagedParley parley, Newsroom newsroom, String article, String writer, String key, String text) {
        try {
            var body =
                    JSON.writeValueAsBytes(
                            Map.of(
                                    "name",
                                    writer,
                                    "email",
                                    writer + "@writers.example",
                                    "body",
                                    text + ", says " + key + "."));
            return HttpRequest.newBuilder(URI.create(site(parley, newsroom) + "/articles/" + article + "/comments"))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", key)
                    .POST(BodyPublishers.ofByteArray(body))
                    .build();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    History history() {
        return history;
    }

    Calls reads() {
        return reads;
    }

    /**
     * Waits until writers got so many more answers.
     *
     * @throws IllegalStateException if that takes longer than three minutes
     */
    void awaitTraffic(int answers) throws InterruptedException {
        long enough = history.count(Outcome.OK) + answers;
        var until = Instant.now().plus(TRAFFIC_LIMIT);
        while (history.count(Outcome.OK) < enough) {
            if (Instant.now().isAfter(until)) {
                throw new IllegalStateException("Not %d answers within %s".formatted(answers, TRAFFIC_LIMIT));
            }
            Thread.sleep(20);
        }
    }

    /** When the last attempt of a writer began that ended otherwise than well; the given moment if none did since. */
    Instant lastTrouble(Instant since) {
        return history.attempts().stream()
                .filter(attempt -> attempt.outcome() == Outcome.UNKNOWN && attempt.http() != 409)
                .map(History.Attempt::called)
                .filter(called -> called.isAfter(since))
                .max(Instant::compareTo)
                .orElse(since);
    }

    /** Lets everybody end what they are at. */
    void finish() throws InterruptedException, ExecutionException, TimeoutException {
        stop.set(true);
        for (var one : working) {
            one.get(6, TimeUnit.MINUTES);
        }
    }

    @Override
    public void close() {
        stop.set(true);
        threads.shutdownNow();
        http.shutdownNow();
    }

    private static String site(PackagedParley parley, Newsroom newsroom) {
        return parley.address() + "/api/v1/sites/" + newsroom.site();
    }
}
