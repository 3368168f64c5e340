package dev.parley.interop;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/** The parts that both methods of Perspective take. */
final class PerspectiveComment {

    /** In bytes of UTF-8, as there. */
    private static final int MAX_BYTES = 20_480;

    private static final int MAX_LANGUAGES = 20;
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*");
    private static final Set<String> ENTRY = Set.of("text", "type");

    private PerspectiveComment() {}

    /** The text of {@code comment}; of HTML what a person would read. */
    static String text(Payload request) {
        var comment = request.message("comment", ENTRY);
        var text = comment == null ? null : comment.string("text");
        if (comment == null || text == null || text.isBlank()) {
            throw PerspectiveError.empty();
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw PerspectiveError.tooLong();
        }
        var read = plain(text, comment.string("type"));
        if (read.isBlank()) {
            throw PerspectiveError.empty();
        }
        return read;
    }

    private static String plain(String text, @Nullable String type) {
        return switch (type == null ? "PLAIN_TEXT" : type) {
            case "PLAIN_TEXT", "TEXT_TYPE_UNSPECIFIED" -> text;
            case "HTML" -> Jsoup.parseBodyFragment(text).text();
            default -> throw PerspectiveError.request("Unknown text type");
        };
    }

    /** {@code languages} as they were sent: ISO 639-1 or BCP 47. */
    static List<String> languages(Payload request) {
        var languages = request.strings("languages");
        if (languages.size() > MAX_LANGUAGES || languages.stream().anyMatch(l -> !LANGUAGE.matcher(l).matches())) {
            throw PerspectiveError.request("Invalid language code");
        }
        return languages;
    }

    /** The ISO 639-1 code of a language tag. */
    static String code(String tag) {
        int end = tag.indexOf('-');
        return (end < 0 ? tag : tag.substring(0, end)).toLowerCase(Locale.ROOT);
    }

    /** Context is taken and not used, as there; but it has to be one of its two kinds. */
    static void checkContext(Payload request) {
        var context = request.message("context", Set.of("entries", "articleAndParentComment"));
        if (context != null && context.has("entries") && context.has("articleAndParentComment")) {
            throw PerspectiveError.request(
                    "Context can have either entries or article_and_parent_comment, but both fields were populated.");
        }
    }
}
