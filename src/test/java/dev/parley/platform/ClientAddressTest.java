package dev.parley.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    192.0.2.1                | 203.0.113.7                | 127.0.0.1
                    127.0.0.1                | 203.0.113.7                | 203.0.113.7
                    127.0.0.0/8              | 203.0.113.7                | 203.0.113.7
                    127.0.0.0/8,10.42.0.0/16 | 203.0.113.7, 10.42.3.9     | 203.0.113.7
                    127.0.0.0/8,10.42.0.0/16 | 203.0.113.7, 10.43.0.1     | 10.43.0.1
                    127.0.0.0/9              | 203.0.113.7, 127.128.0.1   | 127.128.0.1
                    127.0.0.0/9              | 203.0.113.7, 127.127.0.1   | 203.0.113.7
                    127.0.0.0/8,fd00::/8     | 2001:db8::7, fd12::1       | 2001:db8:0:0:0:0:0:7
                    127.0.0.0/8              | 203.0.113.7, fd12::1       | fd12:0:0:0:0:0:0:1
                    127.0.0.0/8              | nobody                     | 127.0.0.1
                    """)
    void the_last_hop_that_is_no_trusted_proxy_is_the_client(String trusted, String forwarded, String client)
            throws Exception {
        assertEquals(client, ask(trusted, forwarded));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.42.0.0/33", "10.42.0.0/0", "10.42.0.0/x", "fd00::/129"})
    void what_is_neither_address_nor_network_when_trusted_stops_the_start(String trusted) {
        var fault =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new ClientAddress(config("127.0.0.1," + trusted + ",::1")));

        assertTrue(fault.getMessage().startsWith("parley.trusted-proxies: "), fault::getMessage);
    }

    /** Over a real connection, since the peer's address is what counts first. */
    private static String ask(String trusted, String forwarded) throws Exception {
        var addresses = new ClientAddress(config(trusted));
        var vertx = Vertx.vertx();
        try {
            var server =
                    vertx.createHttpServer()
                            .requestHandler(request -> request.response().end(addresses.of(request).getHostAddress()))
                            .listen(0, "127.0.0.1")
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS);
            try (var socket = new Socket("127.0.0.1", server.actualPort())) {
                var request =
                        "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Forwarded-For: " + forwarded + "\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                return answer.substring(answer.indexOf("\r\n\r\n") + 4);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private static PlatformConfig config(String trusted) {
        return new SmallRyeConfigBuilder()
                .withMapping(PlatformConfig.class)
                .withSources(
                        new PropertiesConfigSource(
                                Map.of(
                                        "parley.trusted-proxies", trusted,
                                        "parley.database.url", "jdbc:postgresql://db.example/parley",
                                        "parley.database.app-password", "x"),
                                "test",
                                100))
                .build()
                .getConfigMapping(PlatformConfig.class);
    }
}
