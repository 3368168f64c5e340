package dev.parley.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.platform.InvalidInput;
import dev.parley.testing.Attacks;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@example.test.",
                "a@@example.test",
                "a@ex\u0430mple.test",
                ".\r\nMAIL FROM:<x@x.test>\r\n",
                "root",
                "javascript:alert(1)@x.test",
                "a@-example.test",
                "a@example-.test",
                "a@example..test",
                "\u202ea@example.test",
                "@example.test",
                "a@",
                "a@example.test;b@example.test",
                "a@example.test,b@example.test",
                "a@localhost",
                "a@exa mple.test",
                "a b@example.test",
                "\"a\\r\\nBcc: x\"@example.test",
                ".a@example.test",
                "a.@example.test",
                "a..b@example.test",
                "\"<svg onload=alert(1)>\"@x.test",
                "a@example.test\r\nBcc: b@example.test",
                "a@example.test\n",
                "a\u0000@example.test",
                "a@example.test\u0000",
                "a@127.0.0.1",
                "a@[127.0.0.1]",
                "a(b)@example.test",
                "a@example.test\u200b",
                "a\u200bb@example.test",
                "\ud800a@example.test",
                "a@exa\ud800mple.test",
                "=?utf-8?q?a?=@example.test",
                "a@xn--.test",
                "a@xn--a-ecp.ru\u0000",
                "a\uff20b.test",
                "",
                " "
            })
    void what_is_no_plain_address_is_refused_and_not_repeated(String text) {
        assertThatThrownBy(() -> EmailAddress.parse(text))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> {
                            assertThat(refused.violations().getFirst().field()).isEqualTo("email");
                            if (text.length() > 3) {
                                assertThat(refused.detail()).doesNotContain(text.strip());
                            }
                        });
    }

    @Test
    void nothing_typed_is_refused() {
        assertThatThrownBy(() -> EmailAddress.parse(null)).isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "o'brien@example.test", "a@sub.sub2.example.test", "1@example.test", "a+tag@example.test",
                "'or'1'='1@x.test", "first.last@example.test", "jos\u00e9@example.test", "a@b\u00fccher.test",
                "a@xn--bcher-kva.test", "\u7528\u6237@\u4f8b\u3048.test"
            })
    void a_plain_address_is_kept_as_typed(String text) {
        assertThat(EmailAddress.parse(text).typed()).isEqualTo(text);
        assertThat(EmailAddress.parse("  " + text + " ").typed()).isEqualTo(text);
    }

    @Test
    void an_address_is_accepted_up_to_the_limits_and_not_over_them() {
        String label = "b".repeat(63);
        assertThat(EmailAddress.parse("a".repeat(64) + "@" + label + ".test")).isNotNull();
        assertThatThrownBy(() -> EmailAddress.parse("a".repeat(65) + "@example.test")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> EmailAddress.parse("a@" + "b".repeat(64) + ".test")).isInstanceOf(InvalidInput.class);
        String domain = label + "." + label + "." + label + "." + "c".repeat(56) + ".test"; // 253
        assertThatThrownBy(() -> EmailAddress.parse("ab@" + domain)).isInstanceOf(InvalidInput.class);
        assertThat(EmailAddress.parse("a@" + domain.substring(1))).isNotNull();
    }

    @Test
    void two_spellings_of_one_mailbox_are_equal_and_tags_and_dots_count() {
        assertThat(EmailAddress.parse("Ann.Lee@Example.TEST")).isEqualTo(EmailAddress.parse(" ann.lee@example.test"));
        assertThat(EmailAddress.parse("a@B\u00dcCHER.test")).isEqualTo(EmailAddress.parse("a@xn--bcher-kva.test"));
        assertThat(EmailAddress.parse("jose\u0301@x.test")).isEqualTo(EmailAddress.parse("JOS\u00c9@x.test"));
        assertThat(EmailAddress.parse("annlee@example.test")).isNotEqualTo(EmailAddress.parse("ann.lee@example.test"));
        assertThat(EmailAddress.parse("ann+a@example.test")).isNotEqualTo(EmailAddress.parse("ann@example.test"));
        assertThat(EmailAddress.parse("Ann@x.test")).hasSameHashCodeAs(EmailAddress.parse("ann@x.test"));
    }

    @Test
    void nothing_prints_an_address() {
        var address = EmailAddress.parse("quebec@example.test");
        record Request(String name, EmailAddress email) {}

        assertThat(address).hasToString("<email>");
        assertThat(new Request("Ann", address).toString()).doesNotContain("quebec");
        for (Object leaving :
                List.of(
                        address,
                        new Request("Ann", address),
                        List.of(address),
                        Map.of("a", address),
                        new RevealedEmail("quebec@example.test"))) {
            assertThatThrownBy(() -> JSON.writeValueAsString(leaving))
                    .isInstanceOf(JsonMappingException.class)
                    .hasMessageNotContaining("quebec");
        }
        assertThat(new RevealedEmail("quebec@example.test")).hasToString("<email>");
    }

    @Test
    void the_type_has_no_public_way_to_its_value() {
        assertThat(Serializable.class).isNotIn((Object[]) EmailAddress.class.getInterfaces());
        assertThat(
                        Arrays.stream(EmailAddress.class.getDeclaredMethods())
                                .filter(m -> Modifier.isPublic(m.getModifiers()))
                                .map(m -> m.getName()))
                .containsExactlyInAnyOrder("parse", "equals", "hashCode", "toString");
        assertThat(EmailAddress.class.getFields()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("longOnes")
    void any_text_is_judged_at_once(String text) {
        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            try {
                EmailAddress.parse(text);
            } catch (InvalidInput e) {
                assertThat(e.detail()).doesNotContain(text);
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500)); // 5 ms each
    }

    static Stream<String> longOnes() {
        return Stream.of(
                "a".repeat(10_000_000),
                "a@".repeat(254),
                "a".repeat(64) + "@" + "b-".repeat(90) + "b.test",
                "x@" + "-".repeat(60) + ".test",
                "a+".repeat(31) + "a@x.test",
                "!".repeat(60) + "@x.test",
                "\"" + "a\\\"".repeat(80) + "@x.test",
                "a@" + "\u00fc.".repeat(120) + "test",
                "a" + "\u0301".repeat(200) + "@x.test");
    }

    @Test
    void hostile_addresses_are_judged_as_their_rows_say() {
        int seen = 0;
        for (var row : Attacks.rows("b-bad-input.jsonl")) {
            if (!row.field().equals("email") || row.enc() != null) {
                continue;
            }
            String payload = row.payload();
            switch (row.expectation()) {
                case "refuse" ->
                        assertThatThrownBy(() -> EmailAddress.parse(payload))
                                .as(row.id())
                                .isInstanceOf(InvalidInput.class);
                case "roundtrip", "no-inject" ->
                        assertThat(EmailAddress.parse(payload).typed()).as(row.id()).isEqualTo(payload);
                default -> {}
            }
            seen++;
        }
        assertThat(seen).isGreaterThan(20);
    }
}
