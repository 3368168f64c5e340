package dev.parley.testing;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import jakarta.mail.Header;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real SMTP server on this machine, which can be stopped and started again on its port. */
public final class SmtpResource implements QuarkusTestResourceLifecycleManager {

    /** A mail that arrived. */
    public record Arrived(MimeMessage message) {

        public String subject() {
            return tried(message::getSubject);
        }

        public String text() {
            return tried(() -> (String) message.getContent()).replace("\r\n", "\n");
        }

        public String contentType() {
            return tried(message::getContentType);
        }

        /** All values of a header, as they came. */
        public List<String> headers(String name) {
            var values = tried(() -> message.getHeader(name));
            return values == null ? List.of() : List.of(values);
        }

        public List<String> headerNames() {
            return tried(() -> Collections.list(message.getAllHeaders()).stream().map(Header::getName).toList());
        }

        /** The whole mail, as it came. */
        public byte[] raw() {
            return tried(() -> {
                var bytes = new java.io.ByteArrayOutputStream();
                message.writeTo(bytes);
                return bytes.toByteArray();
            });
        }

        /** The one line of the text that is a link of readers. */
        public String link() {
            return text().lines().filter(line -> line.contains("/me/")).findFirst().orElseThrow();
        }

        private boolean isTo(String address) {
            return tried(() ->
                    Arrays.stream(message.getRecipients(Message.RecipientType.TO))
                            .anyMatch(to -> to.toString().equalsIgnoreCase(address)));
        }
    }

    private interface Reading<T> {
        T read() throws MessagingException, IOException;
    }

    private static final int PORT = freePort();
    private static @Nullable GreenMail server;

    @Override
    public Map<String, String> start() {
        up();
        return Map.of(
                "quarkus.mailer.host", "127.0.0.1",
                "quarkus.mailer.port", Integer.toString(PORT),
                "quarkus.mailer.start-tls", "DISABLED",
                "parley.mail.from", "Gazette comments <comments@parley.example>");
    }

    @Override
    public void stop() {
        down();
    }

    public static int port() {
        return PORT;
    }

    /** Starts the server, empty, unless it runs. */
    public static void up() {
        if (server == null) {
            var setup = new ServerSetup(PORT, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
            setup.setServerStartupTimeout(Duration.ofSeconds(20).toMillis());
            var started = new GreenMail(setup);
            started.start();
            server = started;
        }
    }

    /** Stops the server: nobody listens on its port any more, and what arrived is gone. */
    public static void down() {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    public static List<Arrived> all() {
        return server == null ? List.of() : Arrays.stream(server.getReceivedMessages()).map(Arrived::new).toList();
    }

    /** The mails to an address, in the order they arrived. */
    public static List<Arrived> to(String address) {
        return all().stream().filter(mail -> mail.isTo(address)).toList();
    }

    private static <T> T tried(Reading<T> reading) {
        try {
            return reading.read();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
