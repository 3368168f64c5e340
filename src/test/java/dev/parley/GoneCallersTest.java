package dev.parley;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Streams of HTTP/2 that are opened and reset at once are not worked for; who stays on the same connection is. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class GoneCallersTest {

    /** Fewer resets than those at which the server cuts the connection. */
    private static final int GONE = 150;

    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int END_OF_STREAM_AND_HEADERS = 5;

    @Inject MeterRegistry registry;

    @Test
    void who_goes_at_once_is_not_looked_up_and_who_stays_is_answered() throws IOException {
        Fixtures.ensure();
        try (var connection = new Connection()) {
            connection.open(1);
            connection.send();
            connection.awaitAnswer(1);
            double atFirst = lookUps();
            connection.open(3);
            connection.send();
            connection.awaitAnswer(3);
            double ofOne = lookUps() - atFirst;
            assertThat(ofOne).as("look-ups for a request").isPositive();
            double before = counted();

            int stream = 5;
            for (int i = 0; i < GONE; i++, stream += 2) {
                connection.open(stream);
                connection.reset(stream);
            }
            connection.open(stream);
            connection.send();

            connection.awaitAnswer(stream);
            await("those who went to be counted", () -> counted() == before + GONE);
            assertThat(lookUps() - atFirst).as("look-ups for the two who stayed").isEqualTo(2 * ofOne);
        }
    }

    @Test
    void what_is_sent_with_a_body_is_read_whole() throws Exception {
        Fixtures.ensure();
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            for (int i = 0; i < 3; i++) {
                var comment = new ObjectMapper().writeValueAsString(Fixtures.comment(Fixtures.calm()));
                var answer =
                        client.send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        "http://localhost:%d/api/v1/sites/gazette/articles/harbour-bridge/comments"
                                                                .formatted(RestAssured.port)))
                                        .header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofString(comment))
                                        .build(),
                                BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            }
        }
    }

    /** How often a site was looked for, in memory or in the database: what comes first for a reader. */
    private double lookUps() {
        return registry.find("cache.gets").tag("cache", "sites").meters().stream()
                .mapToDouble(meter ->
                        switch (meter) {
                            case Counter counter -> counter.count();
                            case FunctionCounter counter -> counter.count();
                            default -> throw new AssertionError(meter);
                        })
                .sum();
    }

    private double counted() {
        return registry.get("parley.requests.gone").counter().count();
    }

    private static void await(String what, BooleanSupplier condition) {
        var until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("Waited in vain for " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** HTTP/2 by prior knowledge. What is opened and reset leaves together, when it is sent. */
    private static final class Connection implements AutoCloseable {

        private final Socket socket = new Socket("localhost", RestAssured.port);
        private final ByteArrayOutputStream frames = new ByteArrayOutputStream();

        Connection() throws IOException {
            socket.setSoTimeout(20_000);
            frames.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
            frame(4, 0, 0, new byte[0]); // settings
        }

        /** Asks for the comments of an article that there is not, so that no answer is at hand. */
        void open(int stream) {
            var head = new ByteArrayOutputStream();
            head.writeBytes(new byte[] {(byte) 0x82, (byte) 0x86, 0x04}); // GET, http, and the path that follows
            text(head, "/api/v1/sites/gazette/articles/gone-" + UUID.randomUUID() + "/comments");
            head.write(0x01); // the authority
            text(head, "localhost");
            frame(HEADERS, END_OF_STREAM_AND_HEADERS, stream, head.toByteArray());
        }

        void reset(int stream) {
            frame(RESET, 0, stream, new byte[] {0, 0, 0, 8});
        }

        void send() throws IOException {
            socket.getOutputStream().write(frames.toByteArray());
            frames.reset();
        }

        /** Reads until a stream is answered. */
        void awaitAnswer(int stream) throws IOException {
            var in = new DataInputStream(socket.getInputStream());
            int type;
            int of;
            do {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                type = in.readUnsignedByte();
                in.readUnsignedByte();
                of = in.readInt();
                in.readNBytes(length);
                assertThat(type).as("the connection is not given up").isNotEqualTo(7);
            } while (type != HEADERS || of != stream);
        }

        private void frame(int type, int flags, int stream, byte[] content) {
            frames.writeBytes(
                    new byte[] {
                        0,
                        (byte) (content.length >> 8),
                        (byte) content.length,
                        (byte) type,
                        (byte) flags,
                        0,
                        0,
                        (byte) (stream >> 8),
                        (byte) stream
                    });
            frames.writeBytes(content);
        }

        /** Plain, and shorter than 127 bytes. */
        private static void text(ByteArrayOutputStream head, String text) {
            head.write(text.length());
            head.writeBytes(text.getBytes(ISO_8859_1));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
