package dev.parley.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Texts of every kind by a seeded generator: the same seed gives the same texts. */
final class RandomTexts {
    private static final String[] GAPS = {" ", " ", " ", " ", "  ", ", ", ". ", "! ", "\n", " – ", "…", " 👍 ", "/"};
    private static final String[] LINKS = {
        "https://a.invalid/x?y=1", "www.example.org", "hxxp://spam[.]example", "shop.example/path", "me@mail.example"
    };
    private static final int[][] RANGES = {
        {0x20, 0x7E},
        {0x20, 0x17F},
        {0x300, 0x36F},
        {0x370, 0x52F},
        {0x590, 0x6FF},
        {0x900, 0xE7F},
        {0x2000, 0x27BF},
        {0x3040, 0x30FF},
        {0x4E00, 0x9FFF},
        {0xAC00, 0xD7A3},
        {0xD800, 0xDFFF},
        {0xFE00, 0xFFFF},
        {0x1D400, 0x1D7FF},
        {0x1F100, 0x1F6FF},
        {0xE0000, 0xE007F},
        {0, 0x10FFFF}
    };

    private final Random random;
    private final List<String> words = new ArrayList<>();

    /**
     * A generator.
     *
     * @param names features as they are named in the model files; words and pairs of them make texts that the models
     *     know
     */
    RandomTexts(long seed, Map<String, ?> names) {
        random = new Random(seed);
        names.keySet().stream()
                .filter(name -> name.charAt(0) == Features.WORD || name.charAt(0) == Features.PAIR)
                .map(name -> name.substring(1))
                .sorted()
                .forEach(words::add);
    }

    /** The next text: of known words, of any characters, of both, or long. */
    String next() {
        return switch (random.nextInt(10)) {
            case 0 -> "";
            case 1, 2 -> characters(random.nextInt(200));
            case 3 -> words(250 + random.nextInt(600));
            case 4, 5 -> words(random.nextInt(12)) + characters(random.nextInt(40)) + words(random.nextInt(12));
            default -> words(random.nextInt(60));
        };
    }

    private String words(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            var word = random.nextInt(40) == 0 ? pick(LINKS) : words.get(random.nextInt(words.size()));
            text.append(random.nextInt(5) == 0 ? disguised(word) : word).append(pick(GAPS));
        }
        return text.toString();
    }

    private String disguised(String word) {
        return switch (random.nextInt(6)) {
            case 0 -> word.replace('i', '1').replace('o', '0').replace('a', '@');
            case 1 -> String.join(".", word.split(""));
            case 2 -> String.join(" ", word.split(""));
            case 3 -> String.join("\u200b", word.split(""));
            case 4 -> word.replace('a', 'а').replace('o', 'о');
            default -> word.length() < 3 ? word : word.charAt(0) + "*" + word.substring(2);
        };
    }

    private String characters(int count) {
        var text = new StringBuilder();
        int[] range = RANGES[random.nextInt(RANGES.length)];
        for (int i = 0; i < count; i++) {
            if (random.nextInt(8) == 0) range = RANGES[random.nextInt(RANGES.length)];
            int cp = random.nextInt(range[0], range[1] + 1);
            if (random.nextInt(6) == 0) text.append(' ');
            text.appendCodePoint(cp);
        }
        return text.toString();
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }
}
