package dev.parley.platform;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Fixtures;
import dev.parley.testing.KeycloakResource;
import dev.parley.testing.PostgresResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/**
 * Measures what a connection costs that is kept open, and prints it; the other ends are in this program, and counted.
 * No test: it is run by its name: {@code mvn test -Dtest=ConnectionsFigures -Dparley.live.per-network=5000}.
 */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KeycloakResource.class)
class ConnectionsFigures {

    private static final int CONNECTIONS = Integer.getInteger("figures.connections", 1_000);

    @Inject MeterRegistry registry;

    @Test
    void what_a_connection_costs() throws Exception {
        Fixtures.ensure();
        var article = Fixtures.newArticle("gazette", "gazette");
        var http2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\4\0\0\0\0\0";
        var page = "GET /embed.js HTTP/1.1\r\nHost: localhost\r\n\r\n";
        var stream =
                "GET /api/v1/sites/gazette/articles/%s/events HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(article);
        measure("warming up", page);
        measure("warming up", stream);
        measure("nothing was sent", "");
        measure("HTTP/1, answered once", page);
        measure("HTTP/2, opened", http2);
        measure("HTTP/1, a live stream", stream);
    }

    private void measure(String what, String opening) throws IOException, JMException, InterruptedException {
        var heap = heap();
        var resident = resident();
        var open = new ArrayList<SocketChannel>();
        for (int i = 0; i < CONNECTIONS; i++) {
            var channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", RestAssured.port));
            open.add(channel);
            if (!opening.isEmpty()) {
                channel.write(ByteBuffer.wrap(opening.getBytes(ISO_8859_1)));
                assertThat(channel.read(ByteBuffer.allocate(64 * 1024))).isPositive();
            }
        }
        await(CONNECTIONS);
        System.out.printf(
                "Connections: %d, %s: %.1f kB of heap and %.1f kB of resident memory each%n",
                CONNECTIONS,
                what,
                (heap() - heap) / 1024.0 / CONNECTIONS,
                (resident() - resident) / 1024.0 / CONNECTIONS);
        for (var channel : open) {
            channel.close();
        }
        await(0);
    }

    private void await(int open) throws InterruptedException {
        var gauge = registry.get("parley.connections").gauge();
        while (open == 0 ? gauge.value() > 5 : gauge.value() < open) {
            Thread.sleep(20);
        }
    }

    /** After a collection, which a histogram of what lives makes. */
    private static long heap() throws JMException {
        for (int i = 0; i < 2; i++) {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long resident() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/status"));
        return lines.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }
}
