package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dialler against receivers on this machine, good and bad; names are answered by the test alone. */
class DiallerTest {

    private static final char[] PASSWORD = "a password of the tests".toCharArray();
    private static final Map<String, String> HEADERS = Map.of("webhook-id", "one");

    @TempDir static Path folder;

    private static Vertx vertx;
    private static Path localhost;
    private static Path another;
    private static Path untrusted;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void certificates() throws Exception {
        vertx = Vertx.vertx();
        localhost = keyStore("localhost", "dns:localhost");
        another = keyStore("another", "dns:another.example");
        untrusted = keyStore("untrusted", "dns:localhost");
    }

    @AfterAll
    static void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void close() throws Exception {
        for (var one : open) {
            one.close();
        }
    }

    // --- Whom it calls ---

    @Test
    void a_name_of_which_any_address_is_not_public_is_not_called() throws IOException {
        var server = listener("127.0.0.1");
        var dialler = dialler(Map.of("hooks.example", List.of("93.184.216.34", "127.0.0.1")), server.getLocalPort());

        var outcome = dialler.post("https://hooks.example:" + server.getLocalPort() + "/", HEADERS, "{}");

        assertThat(outcome).isEqualTo(Dialler.Outcome.failed(WebhookFailure.NO_ADDRESS));
        assertThat(connections(server)).isZero();
    }

    @Test
    void a_name_that_leads_to_this_machine_is_not_called_even_where_this_machine_may_be() throws IOException {
        var server = listener("127.0.0.1");
        var dialler = dialler(Map.of("rebind.example", List.of("127.0.0.1")), server.getLocalPort());

        assertThat(dialler.post("https://rebind.example:" + server.getLocalPort() + "/", HEADERS, "{}").failure())
                .isEqualTo(WebhookFailure.NO_ADDRESS);
        assertThat(dialler.post("https://unknown.example:" + server.getLocalPort() + "/", HEADERS, "{}").failure())
                .isEqualTo(WebhookFailure.NO_ADDRESS);
        assertThat(connections(server)).isZero();
    }

    /** The name says one address when it is looked at and would say another one from then on. */
    @Test
    void a_name_is_asked_once_and_the_address_that_was_looked_at_is_called() throws Exception {
        var good = https("127.0.0.2", 0, localhost);
        var bad = listener("127.0.0.1", good.getAddress().getPort());
        var answers = new AtomicInteger();
        var dialler =
                new Dialler(
                        vertx,
                        trusting(localhost),
                        host -> {
                            asked.add(host);
                            return List.of(
                                    InetAddress.ofLiteral(answers.getAndIncrement() == 0 ? "127.0.0.2" : "127.0.0.1"));
                        },
                        config(443),
                        true);

        var outcome = dialler.post("https://localhost:" + good.getAddress().getPort() + "/a?b=c", HEADERS, "{\"x\":1}");

        assertThat(outcome).isEqualTo(Dialler.Outcome.answered(204));
        assertThat(asked).containsExactly("localhost");
        assertThat(connections(bad)).isZero();
        assertThat(requests).containsExactly("POST /a?b=c localhost:" + good.getAddress().getPort() + " one {\"x\":1}");
    }

    @Test
    void an_address_that_refuses_is_followed_by_the_next_one() throws Exception {
        var server = https("127.0.0.3", 0, localhost);
        int port = server.getAddress().getPort();
        var dialler = new Dialler(vertx, trusting(localhost), names("127.0.0.2", "127.0.0.3"), config(443), true);

        assertThat(dialler.post("https://localhost:" + port + "/", HEADERS, "{}"))
                .isEqualTo(Dialler.Outcome.answered(204));
    }

    @Test
    void a_resolver_that_hangs_is_given_five_seconds() {
        var dialler =
                new Dialler(
                        vertx,
                        Dialler.options(),
                        _ -> {
                            LockSupport.parkNanos(Duration.ofSeconds(20).toNanos());
                            return List.of();
                        },
                        config(443),
                        false);
        var began = System.nanoTime();

        assertThat(dialler.post("https://slow.example/", HEADERS, "{}").failure()).isEqualTo(WebhookFailure.TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(seconds(4), seconds(7));
    }

    // --- Certificates ---

    @Test
    void a_certificate_of_another_name_or_of_nobody_known_is_refused() throws Exception {
        for (var store : List.of(another, untrusted)) {
            var server = https("127.0.0.1", 0, store);
            // Whoever made it is trusted in the first case, so that it is the name that is wrong.
            var dialler =
                    new Dialler(
                            vertx,
                            trusting(store == another ? another : localhost),
                            names("127.0.0.1"),
                            config(443),
                            true);
            assertThat(dialler.post("https://localhost:" + server.getAddress().getPort() + "/", HEADERS, "{}"))
                    .as(store.toString())
                    .isEqualTo(Dialler.Outcome.failed(WebhookFailure.TLS));
        }
        assertThat(requests).isEmpty();
    }

    @Test
    void a_receiver_without_tls_is_refused() throws IOException {
        var server = raw("HTTP/1.1 204 No Content\r\n\r\n");

        assertThat(local().post("https://localhost:" + server.getLocalPort() + "/", HEADERS, "{}").failure())
                .isIn(WebhookFailure.TLS, WebhookFailure.BROKEN);
    }

    // --- What comes back ---

    @Test
    void a_redirect_is_not_followed() throws IOException {
        var target = listener("127.0.0.1");
        var server =
                raw(
                        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:"
                                + target.getLocalPort()
                                + "/\r\nContent-Length: 0\r\n\r\n");

        assertThat(local().post(http(server), HEADERS, "{}")).isEqualTo(Dialler.Outcome.answered(302));
        assertThat(Dialler.Outcome.answered(302).failure()).isEqualTo(WebhookFailure.STATUS);
        assertThat(connections(target)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"429, 30", "503, 30", "200,", "302,", "500,"})
    void when_to_come_again_is_read_of_answers_alone_that_ask_for_time(int status, String read) throws IOException {
        var server = raw("HTTP/1.1 %d So\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n".formatted(status));

        assertThat(local().post(http(server), HEADERS, "{}")).isEqualTo(Dialler.Outcome.answered(status, read));
    }

    @Test
    void a_huge_body_is_cut_and_its_status_counts() throws Exception {
        var sent = new AtomicInteger();
        var server =
                raw(out -> {
                    out.write(
                            "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                    byte[] piece = new byte[8 * 1024];
                    for (int i = 0; i < 125_000; i++) {
                        out.write(piece);
                        sent.addAndGet(piece.length);
                    }
                });

        assertThat(local().post(http(server), HEADERS, "{}")).isEqualTo(Dialler.Outcome.answered(200));
        // What is in flight between the two is some megabytes on loopback at most.
        Hooks.until("the connection is closed", () -> closed.get() == 1);
        assertThat(sent.get()).isLessThan(32 * 1024 * 1024);
    }

    @Test
    void a_body_that_drips_is_left_after_five_seconds_and_its_status_counts() throws IOException {
        var server =
                raw(out -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    drip(out);
                });
        var began = System.nanoTime();

        assertThat(local().post(http(server), HEADERS, "{}")).isEqualTo(Dialler.Outcome.answered(200));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(seconds(4), seconds(7));
    }

    @Test
    void a_head_that_drips_and_a_receiver_that_is_silent_time_out() throws IOException {
        var dripping = raw(DiallerTest::drip);
        var silent = raw(_ -> LockSupport.parkNanos(Duration.ofSeconds(20).toNanos()));
        var began = System.nanoTime();

        var calls =
                Stream.of(dripping, silent)
                        .map(server ->
                                CompletableFuture.supplyAsync(
                                        () -> local().post(http(server), HEADERS, "{}"), Thread.ofVirtual()::start))
                        .toList();
        for (var call : calls) {
            assertThat(call.join().failure()).isIn(WebhookFailure.TIMEOUT, WebhookFailure.BROKEN);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(seconds(7));
    }

    @Test
    void a_huge_head_nonsense_and_a_closed_door_are_failures() throws IOException {
        var head = raw("HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000) + "\r\n\r\n");
        var nonsense = raw("SSH-2.0-OpenSSH_9.2\r\n");
        int nobody = listener("127.0.0.1").getLocalPort();
        close(nobody);

        assertThat(local().post(http(head), HEADERS, "{}").failure()).isEqualTo(WebhookFailure.BROKEN);
        assertThat(local().post(http(nonsense), HEADERS, "{}").failure()).isEqualTo(WebhookFailure.BROKEN);
        assertThat(local().post("http://127.0.0.1:" + nobody + "/", HEADERS, "{}").failure())
                .isEqualTo(WebhookFailure.CONNECTION);
    }

    // --- Receivers ---

    private interface Answer {
        void write(OutputStream out) throws IOException;
    }

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();
    private final Map<ServerSocket, AtomicInteger> counts = new java.util.concurrent.ConcurrentHashMap<>();

    private HttpServer https(String address, int port, Path store) throws Exception {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        var managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(keys, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), port), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        var headers = exchange.getRequestHeaders();
                        requests.add(
                                "%s %s %s %s %s"
                                        .formatted(
                                                exchange.getRequestMethod(),
                                                exchange.getRequestURI(),
                                                headers.getFirst("Host"),
                                                headers.getFirst("webhook-id"),
                                                new String(exchange.getRequestBody().readAllBytes())));
                        exchange.sendResponseHeaders(204, -1);
                    }
                });
        server.start();
        open.add(() -> server.stop(0));
        return server;
    }

    private ServerSocket raw(String answer) throws IOException {
        return raw(out -> out.write(answer.getBytes(StandardCharsets.US_ASCII)));
    }

    private ServerSocket raw(Answer answer) throws IOException {
        return serve("127.0.0.1", 0, answer);
    }

    /** Says nothing; connections to it are counted. */
    private ServerSocket listener(String address) throws IOException {
        return listener(address, 0);
    }

    private ServerSocket listener(String address, int port) throws IOException {
        return serve(address, port, _ -> {});
    }

    private ServerSocket serve(String address, int port, Answer answer) throws IOException {
        var server = new ServerSocket(port, 50, InetAddress.ofLiteral(address));
        var count = new AtomicInteger();
        counts.put(server, count);
        open.add(server);
        Thread.ofVirtual()
                .start(() -> {
                    while (!server.isClosed()) {
                        try {
                            var socket = server.accept();
                            count.incrementAndGet();
                            Thread.ofVirtual().start(() -> serve(socket, answer));
                        } catch (IOException e) {
                            return;
                        }
                    }
                });
        return server;
    }

    private void serve(Socket socket, Answer answer) {
        try (socket) {
            socket.getInputStream().read(new byte[4096]);
            answer.write(socket.getOutputStream());
        } catch (IOException e) {
            // The other side has left, as is wanted of it.
        } finally {
            closed.incrementAndGet();
        }
    }

    private static void drip(OutputStream out) throws IOException {
        for (int i = 0; i < 100; i++) {
            out.write('H');
            out.flush();
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private int connections(ServerSocket server) {
        return counts.get(server).get();
    }

    private void close(int port) throws IOException {
        for (var server : counts.keySet()) {
            if (server.getLocalPort() == port) {
                server.close();
            }
        }
    }

    private static String http(ServerSocket server) {
        return "http://127.0.0.1:" + server.getLocalPort() + "/";
    }

    private static Duration seconds(int number) {
        return Duration.ofSeconds(number);
    }

    // --- Diallers ---

    /** This machine may be called, and answers for itself. */
    private Dialler local() {
        return new Dialler(vertx, Dialler.options(), names("127.0.0.1"), config(443), true);
    }

    private Dialler dialler(Map<String, List<String>> names, int port) {
        return new Dialler(
                vertx,
                Dialler.options(),
                host -> {
                    if (!names.containsKey(host)) {
                        throw new UnknownHostException();
                    }
                    return names.get(host).stream().map(InetAddress::ofLiteral).toList();
                },
                config(port),
                true);
    }

    private static Dialler.Names names(String... addresses) {
        return _ -> List.of(addresses).stream().map(InetAddress::ofLiteral).toList();
    }

    private static HttpClientOptions trusting(Path store) {
        return Dialler.options()
                .setTrustOptions(new PfxOptions().setPath(store.toString()).setPassword(new String(PASSWORD)));
    }

    private static WebhookConfig config(int port) {
        return new WebhookConfig() {
            @Override
            public int most() {
                return 10;
            }

            @Override
            public int atOnce() {
                return 8;
            }

            @Override
            public Set<Integer> ports() {
                return Set.of(port);
            }

            @Override
            public boolean loopback() {
                return true;
            }
        };
    }

    private static Path keyStore(String name, String subject) throws Exception {
        var store = folder.resolve(name + ".p12");
        var made =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                                "-genkeypair",
                                "-alias",
                                name,
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                "san=" + subject,
                                "-validity",
                                "2",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                new String(PASSWORD))
                        .redirectErrorStream(true)
                        .start();
        var said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(made.waitFor()).as(said).isZero();
        return store;
    }
}
