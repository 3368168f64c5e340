package dev.parley.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A way through a page, or through the dialog that is open, with the Tab key alone: from its beginning until it begins
 * again. What is wrong is told in words: a control that is not reached, one that holds the focus, one that has it and
 * cannot be seen, because it is out of view, covered by something, or looks as it does without the focus.
 *
 * @param stops what had the focus, in order
 */
public record KeyboardWalk(List<String> stops, List<String> faults) {

    private static final String SCRIPT = script();
    private static final int MOST = 1_000;

    /**
     * Goes.
     *
     * @param key {@code Tab}, or {@code Shift+Tab} for the way back
     */
    public static KeyboardWalk through(Page page, String key) {
        page.evaluate(SCRIPT);
        var state = state(page);
        int pressed = 0;
        while (!(Boolean) state.get("done") && pressed < MOST) {
            int next = 1 + (Integer) state.get("left");
            for (int i = 0; i < next; i++) {
                page.keyboard().press(key);
            }
            pressed += next;
            state = state(page);
        }
        var faults = new ArrayList<>(texts(state.get("faults")));
        if (!(Boolean) state.get("done")) {
            faults.add("the way has no end");
        }
        for (int i = 0; i < (Integer) state.get("unmarked"); i++) {
            looksAlike(page, i).ifPresent(faults::add);
        }
        return new KeyboardWalk(texts(state.get("stops")), faults);
    }

    /** Compares pictures of it with the focus and without. */
    private static Optional<String> looksAlike(Page page, int index) {
        var place = map(page.evaluate("index => keyboardWalk.focus(index)", index));
        var clip =
                new ScreenshotOptions()
                        .setClip(
                                number(place.get("x")),
                                number(place.get("y")),
                                number(place.get("width")),
                                number(place.get("height")));
        var with = page.screenshot(clip);
        page.evaluate("() => document.activeElement.blur()");
        return Arrays.equals(with, page.screenshot(clip))
                ? Optional.of(place.get("name") + " looks the same without the focus")
                : Optional.empty();
    }

    private static Map<?, ?> state(Page page) {
        return map(page.evaluate("() => keyboardWalk.state()"));
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    private static List<String> texts(@Nullable Object value) {
        return ((List<?>) Objects.requireNonNull(value)).stream().map(String.class::cast).toList();
    }

    private static double number(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).doubleValue();
    }

    private static String script() {
        try (var stream = KeyboardWalk.class.getResourceAsStream("/browser/keyboard-walk.js")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
