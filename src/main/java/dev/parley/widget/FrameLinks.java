package dev.parley.widget;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of one article's frame.
 *
 * @param path without a query
 * @param sort the order that readers chose, or the default
 * @param url what the embedding page said of the article; carried along, since an unknown article needs it
 * @param title likewise
 */
record FrameLinks(String path, String sort, String url, String title) {

    static final String DEFAULT_SORT = "newest";

    static FrameLinks of(String site, String article, String sort, String url, String title) {
        return new FrameLinks(FrameHeaders.PREFIX + site + "/" + article, sort, url, title);
    }

    String sorted(String order) {
        return with(order, Map.of());
    }

    String all() {
        return with(sort, Map.of());
    }

    String reply(UUID to) {
        return with(sort, Map.of("reply", to.toString())) + "#reply-heading";
    }

    /** A further page of the thread, or of the replies to one comment. */
    String more(String cursor, @Nullable UUID parent) {
        Map<String, String> query = new LinkedHashMap<>();
        if (parent != null) {
            query.put("parent", parent.toString());
        }
        query.put("cursor", cursor);
        return with(sort, query);
    }

    private String with(String order, Map<String, String> more) {
        Map<String, String> query = new LinkedHashMap<>();
        if (!order.equals(DEFAULT_SORT)) {
            query.put("sort", order);
        }
        query.putAll(more);
        if (!url.isEmpty()) {
            query.put("url", url);
        }
        if (!title.isEmpty()) {
            query.put("title", title);
        }
        return query.isEmpty()
                ? path
                : path
                        + query.entrySet().stream()
                                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&", "?", ""));
    }
}
