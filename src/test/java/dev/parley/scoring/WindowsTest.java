package dev.parley.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class WindowsTest {
    @Test
    void a_short_text_when_parted_is_one_window() {
        assertEquals(List.of(new Windows.Window(0, 5)), Windows.of(" a b "));
        assertEquals(List.of(new Windows.Window(0, 1)), Windows.of(" "));
    }

    @Test
    void a_long_text_when_parted_has_every_word_in_a_window_besides_the_whole() {
        var text = " " + "word ".repeat(1_000);
        var windows = Windows.of(text);

        assertEquals(new Windows.Window(0, text.length()), windows.getFirst());
        assertEquals(0, windows.get(1).from());
        assertEquals(text.length(), windows.getLast().to());
        for (int i = 2; i < windows.size(); i++) {
            assertTrue(windows.get(i).from() < windows.get(i - 1).to());
            assertEquals(' ', text.charAt(windows.get(i).from()));
            assertEquals(' ', text.charAt(windows.get(i).to() - 1));
        }
    }
}
