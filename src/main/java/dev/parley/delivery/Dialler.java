package dev.parley.delivery;

import dev.parley.platform.PlatformConfig;
import io.quarkus.runtime.LaunchMode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The one way on which Parley calls addresses that its users name. It resolves the name once, refuses it if any of its
 * addresses is not public, and connects to the very address it looked at, while the certificate must be the name's. It
 * follows no redirect, uses no proxy, keeps no connection, and gives an exchange five seconds and 64 kB.
 */
@ApplicationScoped
class Dialler {

    static final Duration PATIENCE = Duration.ofSeconds(5);
    static final int MOST_READ = 64 * 1024;

    /** Finds the addresses of a name. */
    interface Names {
        List<InetAddress> addresses(String host) throws UnknownHostException;
    }

    /**
     * What became of a call.
     *
     * @param status of the answer; null if there was none
     * @param failure null if it was taken
     * @param retryAfter what a 429 or 503 said about when to come again, in the receiver's words, which are not to be
     *     kept; null if it said nothing
     */
    record Outcome(@Nullable Integer status, @Nullable WebhookFailure failure, @Nullable String retryAfter) {

        private static final Set<Integer> BUSY = Set.of(429, 503);

        static Outcome failed(WebhookFailure failure) {
            return new Outcome(null, failure, null);
        }

        static Outcome answered(int status) {
            return answered(status, null);
        }

        static Outcome answered(int status, @Nullable String retryAfter) {
            return new Outcome(
                    status,
                    status / 100 == 2 ? null : WebhookFailure.STATUS,
                    BUSY.contains(status) ? retryAfter : null);
        }
    }

    private final HttpClient client;
    private final Names names;
    private final WebhookConfig config;
    private final boolean loopback;

    @Inject
    Dialler(Vertx vertx, WebhookConfig config, PlatformConfig platform) {
        this(
                vertx,
                options(),
                host -> List.of(InetAddress.getAllByName(host)),
                config,
                config.loopback() && (platform.standalone() || LaunchMode.current() != LaunchMode.NORMAL));
    }

    Dialler(Vertx vertx, HttpClientOptions options, Names names, WebhookConfig config, boolean loopback) {
        // As many connections as are asked for: who calls bounds them.
        this.client =
                vertx.httpClientBuilder()
                        .with(options)
                        .with(new PoolOptions().setHttp1MaxSize(10_000))
                        // Else what a receiver says wrongly would be written into the log.
                        .withConnectHandler(connection -> connection.exceptionHandler(_ -> {}))
                        .build();
        this.names = names;
        this.config = config;
        this.loopback = loopback;
    }

    /** How connections are made; certificates are verified against Java's own authorities and the name. */
    static HttpClientOptions options() {
        return new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(false)
                .setVerifyHost(true)
                .setConnectTimeout(3_000)
                .setSslHandshakeTimeout(4)
                .setMaxHeaderSize(8 * 1024)
                .setMaxChunkSize(8 * 1024);
    }

    /** Whether an address may be called at all, as far as can be said without asking for its name. */
    boolean mayCall(String address) {
        return WebhookAddress.of(address, config.ports(), loopback).isPresent();
    }

    /** Posts JSON. Blocks for at most five seconds or so; never fails. */
    Outcome post(String address, Map<String, String> headers, String json) {
        var target = WebhookAddress.of(address, config.ports(), loopback);
        return target.isEmpty()
                ? Outcome.failed(WebhookFailure.NO_ADDRESS)
                : post(target.get(), headers, json, System.nanoTime() + PATIENCE.toNanos());
    }

    private Outcome post(WebhookAddress target, Map<String, String> headers, String json, long end) {
        List<InetAddress> addresses;
        try {
            addresses = resolve(target.host(), end);
        } catch (TimeoutException e) {
            return Outcome.failed(WebhookFailure.TIMEOUT);
        }
        if (addresses.isEmpty() || !addresses.stream().allMatch(address -> mayDial(target, address))) {
            return Outcome.failed(WebhookFailure.NO_ADDRESS);
        }
        var outcome = Outcome.failed(WebhookFailure.CONNECTION);
        for (var address : addresses) {
            outcome = exchange(target, address, headers, json, end);
            if (outcome.failure() != WebhookFailure.CONNECTION) {
                return outcome;
            }
        }
        return outcome;
    }

    private static boolean mayDial(WebhookAddress target, InetAddress address) {
        return target.onThisMachine() ? address.isLoopbackAddress() : PublicAddresses.contain(address);
    }

    /** Empty if the name is unknown. Resolvers can take longer than an exchange may. */
    private List<InetAddress> resolve(String host, long end) throws TimeoutException {
        var found = new CompletableFuture<List<InetAddress>>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        found.complete(names.addresses(host));
                    } catch (UnknownHostException e) {
                        found.complete(List.of());
                    } catch (RuntimeException e) {
                        found.completeExceptionally(e);
                    }
                });
        try {
            return found.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException();
        }
    }

    private Outcome exchange(
            WebhookAddress target, InetAddress address, Map<String, String> headers, String json, long end) {
        var exchange = new Exchange();
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, target.port())))
                        .setHost(target.host())
                        .setPort(target.port())
                        .setSsl(target.tls())
                        .setURI(target.path())
                        .setFollowRedirects(false)
                        .setTraceOperation("webhook"); // the name of its span, which the platform's filter knows
        headers.forEach(options::putHeader);
        client.request(options)
                .onSuccess(request -> exchange.send(request, json))
                .onFailure(exchange.outcome::completeExceptionally);
        try {
            return exchange.outcome.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return exchange.giveUp();
        } catch (ExecutionException e) {
            return Outcome.failed(failure(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return exchange.giveUp();
        }
    }

    private static WebhookFailure failure(@Nullable Throwable thrown) {
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException || cause instanceof java.security.GeneralSecurityException) {
                return WebhookFailure.TLS;
            }
            if (cause instanceof ConnectException || cause instanceof java.net.NoRouteToHostException) {
                return WebhookFailure.CONNECTION;
            }
        }
        return WebhookFailure.BROKEN;
    }

    /** One request and its answer, of which nothing is read but the status and when to come again. */
    private static final class Exchange {

        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        private @Nullable HttpClientRequest request;
        private @Nullable Outcome head;
        private boolean over;
        private int read;

        synchronized void send(HttpClientRequest made, String json) {
            request = made;
            if (over) {
                close();
                return;
            }
            made.send(Buffer.buffer(json)).onSuccess(this::answered).onFailure(outcome::completeExceptionally);
        }

        private synchronized void answered(HttpClientResponse response) {
            head = Outcome.answered(response.statusCode(), response.getHeader("Retry-After"));
            response.handler(this::more).endHandler(_ -> end()).exceptionHandler(_ -> end());
        }

        private synchronized void more(Buffer piece) {
            read += piece.length();
            if (read > MOST_READ) {
                end();
            }
        }

        /** The status counts, however the body ends. */
        private synchronized void end() {
            over = true;
            outcome.complete(head == null ? Outcome.failed(WebhookFailure.BROKEN) : head);
            close();
        }

        synchronized Outcome giveUp() {
            over = true;
            close();
            return head == null ? Outcome.failed(WebhookFailure.TIMEOUT) : head;
        }

        private void close() {
            if (request != null) {
                request.connection().close();
            }
        }
    }
}
