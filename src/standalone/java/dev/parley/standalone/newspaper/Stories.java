package dev.parley.standalone.newspaper;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The articles, from text files in {@code newspaper/}: a head of {@code name: value} lines, then paragraphs. */
@Singleton
public class Stories {

    private static final Map<String, String> SITES =
            Map.ofEntries(
                    Map.entry("harbour-bridge", "gazette"),
                    Map.entry("library-roof", "gazette"),
                    Map.entry("night-bus", "gazette"),
                    Map.entry("sourdough", "gazette"),
                    Map.entry("allotment-soup", "gazette"),
                    Map.entry("ceasefire-talks", "gazette"),
                    Map.entry("rowing-final", "gazette-sport"),
                    Map.entry("zollhausuhr", "gazette-de"),
                    Map.entry("quittenmarkt", "gazette-de"),
                    Map.entry("spaetbus", "gazette-de"),
                    Map.entry("furn-alhara", "gazette-ar"),
                    Map.entry("maktabat-almina", "gazette-ar"),
                    Map.entry("sibaq-alqawarib", "gazette-ar"),
                    Map.entry("market-square", "herald"));

    private final List<Story> stories =
            SITES.entrySet().stream()
                    .map(entry -> read(entry.getKey(), entry.getValue()))
                    .sorted(Comparator.comparing(Story::published).reversed())
                    .toList();

    /** All of them, newest first. */
    public List<Story> all() {
        return stories;
    }

    /** What an edition of the Gazette prints, newest first. */
    List<Story> in(Edition edition) {
        return stories.stream().filter(story -> edition.sites().contains(story.site())).toList();
    }

    List<Story> in(Edition edition, String category) {
        return in(edition).stream().filter(story -> story.category().equals(category)).toList();
    }

    Optional<Story> find(String key) {
        return stories.stream().filter(story -> story.key().equals(key)).findFirst();
    }

    Optional<Story> find(Edition edition, String key) {
        return in(edition).stream().filter(story -> story.key().equals(key)).findFirst();
    }

    List<Story> moreBy(Story story) {
        return in(story.edition()).stream()
                .filter(other -> other.author().equals(story.author()) && !other.equals(story))
                .toList();
    }

    /** From the same category first, then the newest. */
    List<Story> related(Story story, int limit) {
        return Stream.concat(in(story.edition(), story.category()).stream(), in(story.edition()).stream())
                .distinct()
                .filter(other -> !other.equals(story) && !other.author().equals(story.author()))
                .limit(limit)
                .toList();
    }

    private static Story read(String key, String site) {
        var parts = text(key).strip().split("\n\\s*\n");
        Map<String, String> head = new HashMap<>();
        for (var line : parts[0].split("\n")) {
            int colon = line.indexOf(": ");
            head.put(line.substring(0, colon), line.substring(colon + 2).strip());
        }
        var paragraphs = Arrays.stream(parts).skip(1).map(String::strip).toList();
        return new Story(
                key,
                site,
                field(head, "category"),
                field(head, "kicker"),
                field(head, "title"),
                field(head, "standfirst"),
                field(head, "author"),
                Instant.parse(field(head, "published")),
                field(head, "art"),
                paragraphs);
    }

    private static String field(Map<String, String> head, String name) {
        var value = head.get(name);
        if (value == null) {
            throw new IllegalStateException("An article has no " + name);
        }
        return value;
    }

    private static String text(String key) {
        try (var stream = Stories.class.getResourceAsStream("/newspaper/" + key + ".txt")) {
            if (stream == null) {
                throw new IllegalStateException("No article " + key);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
