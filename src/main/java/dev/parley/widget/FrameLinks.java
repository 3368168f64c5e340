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
 * @param about what the embedding page said of the article; carried along, since an unknown article needs it
 * @param look how the page was asked to look
 */
record FrameLinks(String path, String sort, About about, Map<String, String> look) {

    static final String DEFAULT_SORT = "newest";

    /**
     * What the embedding page says of its article. Each is empty if it says nothing.
     *
     * @param meta the same and more, signed with the site's secret
     */
    record About(String url, String title, String meta) {}

    static FrameLinks of(String site, String article, String sort, About about, Look look) {
        return new FrameLinks(FrameHeaders.PREFIX + site + "/" + article, sort, about, look.asked());
    }

    String sorted(String order) {
        return with("", order, true, Map.of());
    }

    String all() {
        return with("", sort, true, Map.of());
    }

    String reply(UUID to) {
        return with("", sort, true, Map.of("reply", to.toString())) + "#reply-heading";
    }

    String flag(UUID comment) {
        return with("", sort, true, Map.of("flag", comment.toString())) + "#flag-heading";
    }

    /** One comment in its place. */
    String comment(UUID id) {
        return with("", sort, true, Map.of("comment", id.toString()));
    }

    /** A further page of the thread, or of the replies to one comment. */
    String more(String cursor, @Nullable UUID parent) {
        Map<String, String> query = new LinkedHashMap<>();
        if (parent != null) {
            query.put("parent", parent.toString());
        }
        query.put("cursor", cursor);
        return with("", sort, true, query);
    }

    /** Where forms go; what the embedding page said of the article is in their fields. */
    String action(String below) {
        return with(below, sort, false, Map.of());
    }

    private String with(String below, String order, boolean withAbout, Map<String, String> more) {
        Map<String, String> query = new LinkedHashMap<>();
        if (!order.equals(DEFAULT_SORT)) {
            query.put("sort", order);
        }
        query.putAll(more);
        query.putAll(look);
        if (withAbout) {
            query.put("url", about.url());
            query.put("title", about.title());
            query.put("meta", about.meta());
        }
        query.values().removeIf(String::isEmpty);
        return query.isEmpty()
                ? path + below
                : path
                        + below
                        + query.entrySet().stream()
                                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&", "?", ""));
    }
}
