package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Attacks;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookAddressTest {

    private static final Set<Integer> PORTS = Set.of(443, 8443);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example/",
                "https://hooks.example",
                "HTTPS://Hooks.Example:8443/a/b?token=x%20y",
                "https://xn--bcher-kva.example/",
                "https://a.b-c.d.example.com/?q"
            })
    void https_and_a_name_may_be_called(String address) {
        assertThat(WebhookAddress.of(address, PORTS, false)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example/",
                "https://hooks.example:8080/",
                "https://hooks.example:25/",
                "https://user:secret@hooks.example/",
                "https://hooks.example@127.0.0.1/",
                "https://hooks.example/#part",
                "https://8.8.8.8/",
                "https://0177.0.0.1/",
                "https://0x7f.0.0.1/",
                "https://0x7f000001/",
                "https://2130706433/",
                "https://127.1/",
                "https://[::1]/",
                "https://[2001:4860:4860::8888]/",
                "https://[fe80::1%25lo]/",
                "https://localhost/",
                "https://printer/",
                "https://a.localhost/",
                "https://metadata.google.internal/",
                "https://nas.local/",
                "https://router.home.arpa/",
                "https://hooks.example./",
                "https://hooks_1.example/",
                "https://bücher.example/",
                "https:hooks.example",
                "https:///hook",
                "//hooks.example/",
                "/hook",
                "ftp://hooks.example/",
                "https://hooks.example/a b",
                "https://hooks.example/\\u000d\\u000aX: y",
                "https://127.0.0.1/",
                "http://127.0.0.1/"
            })
    void anything_else_may_not(String address) {
        assertThat(WebhookAddress.of(address, PORTS, false)).isEmpty();
    }

    @Test
    void this_machine_may_be_called_where_that_is_allowed_and_nothing_more() {
        assertThat(WebhookAddress.of("http://127.0.0.1:9000/x", PORTS, true))
                .contains(new WebhookAddress(false, "127.0.0.1", 9000, "/x", true));
        assertThat(WebhookAddress.of("https://localhost:9443", PORTS, true))
                .contains(new WebhookAddress(true, "localhost", 9443, "/", true));
        assertThat(WebhookAddress.of("http://10.0.0.1/", PORTS, true)).isEmpty();
        assertThat(WebhookAddress.of("http://hooks.example/", PORTS, true)).isEmpty();
        assertThat(WebhookAddress.of("https://127.0.0.2/", PORTS, true)).isEmpty();
    }

    /** All but the certificate of another host is refused already when it is saved. */
    @Test
    void the_addresses_of_the_list_of_attacks_are_refused() {
        var rows = Attacks.rows("c-injection-access.jsonl").stream().filter(r -> r.kind().equals("ssrf")).toList();
        assertThat(rows).hasSize(35);
        for (var row : rows) {
            var address = row.payload().replace("{port}", "8443").replaceAll(" \\(.*", "");
            if (row.id().equals("D-ssrf-001")) {
                assertThat(WebhookAddress.of(address, PORTS, false)).isPresent(); // and refused by DiallerTest
            } else {
                assertThat(WebhookAddress.of(address, PORTS, false)).as(row.id()).isEmpty();
            }
        }
    }
}
