package dev.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Needles.Needle;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The search that the sweep rests on, against one that anybody can read. */
class NeedlesTest {

    private static final String LETTERS = "abAB01@.-é";

    @Test
    void what_stands_in_a_text_is_found_and_nothing_else() {
        long seed = Long.getLong("parley.seed", System.nanoTime());
        System.out.println("Needles: -Dparley.seed=" + seed);
        var random = new Random(seed);
        int hits = 0;
        for (int round = 0; round < 300; round++) {
            var needles =
                    IntStream.range(0, 1 + random.nextInt(12))
                            .mapToObj(i ->
                                    new Needle("of " + i, i % 4 == 0 ? "crc32" : "raw", word(random, 1 + i % 4, i % 4)))
                            .toList();
            var searched = new Needles(needles);
            for (int text = 0; text < 10; text++) {
                var words = word(random, random.nextInt(40), 1);
                var expected = needles.stream().filter(needle -> stands(needle, words)).collect(Collectors.toSet());
                hits += expected.size();

                Set<Needle> found = new HashSet<>(searched.in(words.getBytes(StandardCharsets.UTF_8)));

                assertThat(found).as("%s in %s", needles, words).isEqualTo(expected);
            }
        }
        assertThat(hits).isGreaterThan(1000);
    }

    @Test
    void a_needle_across_two_reads_is_found() {
        var needle = new Needle("somebody", "raw", "Some.Body@mail.test");
        var needles = new Needles(List.of(needle));
        int read = 1 << 16;
        for (int at = read - needle.text().length(); at <= read; at++) {
            var text = "x".repeat(at) + "SOME.body@MAIL.test" + "x".repeat(100);
            assertThat(needles.in(text.getBytes(StandardCharsets.UTF_8))).as("at %d", at).containsExactly(needle);
        }
    }

    private static String word(Random random, int length, int kind) {
        var letters = kind == 0 ? "abAB01" : LETTERS; // a checksum is a hexadecimal number
        return random.ints(length, 0, letters.length())
                .mapToObj(i -> letters.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    private static boolean stands(Needle needle, String text) {
        var word = Pattern.quote(needle.text().toLowerCase(Locale.ROOT));
        var alone = needle.standsAlone() ? "(?<![0-9a-f])" + word + "(?![0-9a-f])" : word;
        return Pattern.compile(alone).matcher(text.toLowerCase(Locale.ROOT)).find();
    }
}
