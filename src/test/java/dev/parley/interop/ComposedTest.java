package dev.parley.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.scoring.Span;
import java.text.Normalizer;
import org.junit.jupiter.api.Test;

class ComposedTest {

    @Test
    void a_text_in_nfc_stays_as_it_is() {
        var text = Composed.of("Grüße 👍🏽 an alle");

        assertThat(text.text()).isEqualTo("Grüße 👍🏽 an alle");
        assertThat(text.original(new Span(3, 9, 0.5))).isEqualTo(new Span(3, 9, 0.5));
    }

    @Test
    void a_span_of_a_decomposed_text_is_told_where_it_was_sent() {
        var composed = "Schöne Grüße, du Blödmann 👍 é";
        var sent = Normalizer.normalize(composed, Normalizer.Form.NFD);
        assertThat(sent).hasSizeGreaterThan(composed.length());
        var text = Composed.of(sent);
        assertThat(text.text()).isEqualTo(composed);

        for (int start = 0; start < composed.length(); start++) {
            for (int end = start + 1; end <= composed.length(); end++) {
                if (Character.isLowSurrogate(composed.charAt(start))
                        || end < composed.length() && Character.isLowSurrogate(composed.charAt(end))) {
                    continue;
                }
                var span = text.original(new Span(start, end, 1));
                assertThat(Normalizer.normalize(sent.substring(span.start(), span.end()), Normalizer.Form.NFC))
                        .isEqualTo(composed.substring(start, end));
            }
        }
    }
}
