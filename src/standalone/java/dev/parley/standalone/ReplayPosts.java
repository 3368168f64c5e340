package dev.parley.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.standalone.ReplayOutcome.Fate;
import dev.parley.training.LabelledComment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.StreamSupport;

/** Posts comments, each under a key of its own, and asks again with the same key until the answer is known. */
final class ReplayPosts {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int COMMENTS_OF_ONE_READER = 3;

    private final HttpClient http;
    private final String site;
    private final String origin;
    private final int articles;

    /** So that a second replay is not answered with the comments of the first. */
    private final String run = UUID.randomUUID().toString();

    private final Queue<Duration> latencies = new ConcurrentLinkedQueue<>();

    /** Answers by status; 0 stands for no answer. */
    private final Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();

    /**
     * @param site address of the site's API, such as {@code http://127.0.0.1:8080/api/v1/sites/gazette}
     * @param origin of the pages that the articles claim to be
     */
    ReplayPosts(HttpClient http, String site, String origin, int articles) {
        this.http = http;
        this.site = site;
        this.origin = origin;
        this.articles = articles;
    }

    /** Key of the n-th article, from 1. */
    static String article(int number) {
        return "replay-%04d".formatted(number);
    }

    /**
     * @param number of the comment in the replay, from 0; decides on article and reader
     */
    ReplayOutcome post(int number, LabelledComment comment) {
        var request = request(number, comment);
        var until = Instant.now().plus(PATIENCE);
        do {
            try {
                long began = System.nanoTime();
                var response = http.send(request, HttpResponse.BodyHandlers.ofString());
                latencies.add(Duration.ofNanos(System.nanoTime() - began));
                count(response.statusCode());
                if (isKnown(response)) {
                    return outcome(comment, response);
                }
                Thread.sleep(pause(response));
            } catch (IOException e) {
                count(0);
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while posting", e);
            }
        } while (Instant.now().isBefore(until));
        return new ReplayOutcome(comment, Fate.UNKNOWN, null, List.of());
    }

    Latencies latencies() {
        return new Latencies(latencies);
    }

    /** How many answers of each status there were, retries included; 0 stands for no answer. */
    Map<Integer, Integer> statuses() {
        return new TreeMap<>(statuses);
    }

    private HttpRequest request(int number, LabelledComment comment) {
        var key = article(number % articles + 1);
        int reader = number / COMMENTS_OF_ONE_READER + 1;
        var fields =
                Map.of(
                        "name",
                        "Reader " + reader,
                        "email",
                        "reader" + reader + "@replay.example",
                        "body",
                        comment.text(),
                        "article",
                        Map.of("url", origin + "/replay/" + key, "title", "Replay, " + key));
        try {
            return HttpRequest.newBuilder(URI.create(site + "/articles/" + key + "/comments"))
                    .timeout(REQUEST_LIMIT)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", run + "-" + number)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(fields)))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void count(int status) {
        statuses.merge(status, 1, Integer::sum);
    }

    /** Not known: too busy, too much at once, or the first request with this key is still at work. */
    private static boolean isKnown(HttpResponse<String> response) {
        return switch (response.statusCode()) {
            case 429, 503 -> false;
            case 409 -> !problem(response).equals("still-working");
            default -> true;
        };
    }

    private static ReplayOutcome outcome(LabelledComment comment, HttpResponse<String> response) {
        if (response.statusCode() >= 500) {
            return new ReplayOutcome(comment, Fate.UNKNOWN, null, List.of(problem(response)));
        }
        if (response.statusCode() != 201) {
            return new ReplayOutcome(
                    comment, Fate.REFUSED, null, List.of(response.statusCode() + " " + problem(response)));
        }
        var receipt = json(response);
        var reasons =
                StreamSupport.stream(receipt.path("reasons").spliterator(), false)
                        .map(reason -> reason.path("code").asText())
                        .toList();
        return new ReplayOutcome(
                comment,
                Fate.valueOf(receipt.required("status").asText()),
                UUID.fromString(receipt.required("id").asText()),
                reasons);
    }

    private static Duration pause(HttpResponse<String> response) {
        return response.headers().firstValue("Retry-After").map(Long::parseLong).map(Duration::ofSeconds).orElse(PAUSE);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while posting", e);
        }
    }

    /** Last part of the problem's type; empty if the body is no problem document. */
    private static String problem(HttpResponse<String> response) {
        var type =
                response.headers().firstValue("Content-Type").orElse("").contains("json")
                        ? json(response).path("type").asText()
                        : "";
        return type.substring(type.lastIndexOf('/') + 1);
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("Not JSON: answer " + response.statusCode(), e);
        }
    }
}
