package dev.parley.delivery;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A receiver of webhooks on this machine: answers as it is told, and keeps what it got. */
public final class HookReceiver implements AutoCloseable {

    /** What it got. */
    public record Got(String path, Map<String, List<String>> headers, String body) {

        public String id() {
            return headers.get("Webhook-id").getFirst();
        }

        public String signature() {
            return headers.get("Webhook-signature").getFirst();
        }

        /** Verifies it as a receiver does; fails if it is not signed with that secret, now. */
        public Got verify(String secret) {
            try {
                new Webhook(secret).verify(body, HttpHeaders.of(headers, (_, _) -> true));
            } catch (WebhookVerificationException e) {
                throw new AssertionError("The signature does not verify", e);
            } catch (com.standardwebhooks.exceptions.EmptyWebhookSecretException e) {
                throw new IllegalArgumentException(e);
            }
            return this;
        }
    }

    private final HttpServer server;
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private volatile Function<Got, Integer> answer = _ -> 204;
    private volatile String retryAfter = "";

    public HookReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?from=parley";
    }

    public void answer(int status) {
        answer = _ -> status;
    }

    /** All that comes from now on is told when to come again, whatever its status; empty: nothing is said of it. */
    void retryAfter(String words) {
        retryAfter = words;
    }

    /** The status for what came; may take its time. */
    void answer(Function<Got, Integer> with) {
        answer = with;
    }

    /** What came, in the order in which it came. */
    public List<Got> got() {
        return List.copyOf(got);
    }

    void forget() {
        got.clear();
    }

    /** How many requests were in the air at the same time at most. */
    int most() {
        return most.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        try (exchange) {
            var one =
                    new Got(
                            exchange.getRequestURI().toString(),
                            Map.copyOf(exchange.getRequestHeaders()),
                            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            got.add(one);
            int status = answer.apply(one);
            now.decrementAndGet();
            if (!retryAfter.isEmpty()) {
                exchange.getResponseHeaders().add("Retry-After", retryAfter);
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }
}
