package dev.parley.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads threads back the way a reader's browser does. */
final class ReplayThreads {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(20);

    private final HttpClient http;
    private final String site;

    ReplayThreads(HttpClient http, String site) {
        this.http = http;
        this.site = site;
    }

    /** Ids of all comments on the first so many articles of a replay, in the order they are shown. */
    List<UUID> read(int articles) {
        var ids = new ArrayList<UUID>();
        for (int article = 1; article <= articles; article++) {
            read(ReplayPosts.article(article), ids);
        }
        return ids;
    }

    private void read(String article, List<UUID> into) {
        var first = site + "/articles/" + article + "/comments?sort=oldest&limit=100";
        var page = get(first);
        while (page != null) {
            page.path("items").forEach(item -> into.add(UUID.fromString(item.required("id").asText())));
            var cursor = page.path("cursor").asText("");
            page = cursor.isEmpty() ? null : get(first + "&cursor=" + URLEncoder.encode(cursor, UTF_8));
        }
    }

    private @Nullable JsonNode get(String address) {
        try {
            var request = HttpRequest.newBuilder(URI.create(address)).timeout(REQUEST_LIMIT).build();
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return switch (response.statusCode()) {
                case 200 -> JSON.readTree(response.body());
                case 404 -> null; // nobody commented on it
                default -> throw new IllegalStateException("Answer %d of %s".formatted(response.statusCode(), address));
            };
        } catch (IOException e) {
            throw new UncheckedIOException("No answer of " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while reading", e);
        }
    }
}
