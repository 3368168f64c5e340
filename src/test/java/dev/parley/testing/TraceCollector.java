package dev.parley.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.quarkus.arc.Arc;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Switches traces on, all of them, and takes them over OTLP on this machine as a collector does. */
public final class TraceCollector implements QuarkusTestResourceLifecycleManager {

    /**
     * A span as it came.
     *
     * @param attributes values as text
     * @param more how many events, links, states and descriptions of a status came with it
     */
    public record Came(String name, String trace, String id, String parent, Map<String, String> attributes, int more) {}

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HexFormat HEX = HexFormat.of();

    // Of opentelemetry/proto/trace/v1/trace.proto.
    private static final int RESOURCE_SPANS = 1;
    private static final int RESOURCE = 1;
    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;
    private static final int TRACE_ID = 1;
    private static final int SPAN_ID = 2;
    private static final int STATE = 3;
    private static final int PARENT = 4;
    private static final int NAME = 5;
    private static final int ATTRIBUTES = 9;
    private static final int EVENTS = 11;
    private static final int LINKS = 13;
    private static final int STATUS = 15;
    private static final int MESSAGE = 2;

    private static final List<byte[]> BODIES = new CopyOnWriteArrayList<>();
    private static String address = "";
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", TraceCollector::take);
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort();
        return Map.of(
                "parley.traces.endpoint",
                address + "/v1/traces",
                "parley.traces.share",
                "1",
                "quarkus.otel.sdk.disabled",
                "false",
                "quarkus.otel.bsp.schedule.delay",
                "200ms");
    }

    private static void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            BODIES.add(exchange.getRequestBody().readAllBytes());
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    /** Where it is, without the path. */
    public static String address() {
        return address;
    }

    public static void forget() {
        BODIES.clear();
    }

    /** Waits until all spans that have ended are here. */
    public static void flush() {
        var telemetry = Arc.container().instance(OpenTelemetry.class).get();
        var flushed = ((OpenTelemetrySdk) telemetry).getSdkTracerProvider().forceFlush();
        if (!flushed.join(PATIENCE.toSeconds(), TimeUnit.SECONDS).isSuccess()) {
            throw new AssertionError("Waited for the spans that have ended");
        }
    }

    /** All bytes that came. */
    public static byte[] bytes() {
        return ByteString.copyFrom(BODIES.stream().map(ByteString::copyFrom).toList()).toByteArray();
    }

    /** The spans that came. */
    public static List<Came> spans() {
        List<Came> spans = new ArrayList<>();
        for (var body : BODIES) {
            for (var ofResource : parts(message(body), RESOURCE_SPANS)) {
                for (var ofScope : parts(ofResource, SCOPE_SPANS)) {
                    parts(ofScope, SPANS).forEach(span -> spans.add(came(span)));
                }
            }
        }
        return spans;
    }

    /** What the program said of itself. */
    public static Map<String, String> program() {
        var program = new TreeMap<String, String>();
        for (var body : BODIES) {
            for (var ofResource : parts(message(body), RESOURCE_SPANS)) {
                parts(ofResource, RESOURCE).forEach(resource -> program.putAll(attributes(resource, 1)));
            }
        }
        return program;
    }

    /** Waits until such a span has come. */
    public static Came await(String what, Predicate<Came> wanted) {
        var end = Instant.now().plus(PATIENCE);
        while (true) {
            var found = spans().stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("Waited for %s, and there came %s".formatted(what, spans()));
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Came came(UnknownFieldSet span) {
        int more = count(span, EVENTS) + count(span, LINKS) + (text(span, STATE).isEmpty() ? 0 : 1);
        for (var status : parts(span, STATUS)) {
            more += count(status, MESSAGE);
        }
        return new Came(
                text(span, NAME),
                HEX.formatHex(bytes(span, TRACE_ID)),
                HEX.formatHex(bytes(span, SPAN_ID)),
                HEX.formatHex(bytes(span, PARENT)),
                attributes(span, ATTRIBUTES),
                more);
    }

    private static Map<String, String> attributes(UnknownFieldSet of, int field) {
        var attributes = new TreeMap<String, String>();
        for (var one : parts(of, field)) {
            var value = parts(one, 2).getFirst();
            attributes.put(
                    text(one, 1), count(value, 1) > 0 ? text(value, 1) : value.getField(3).getVarintList().toString());
        }
        return attributes;
    }

    private static int count(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().size();
    }

    private static List<UnknownFieldSet> parts(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().stream()
                .map(bytes -> message(bytes.toByteArray()))
                .toList();
    }

    private static byte[] bytes(UnknownFieldSet message, int field) {
        var values = message.getField(field).getLengthDelimitedList();
        return values.isEmpty() ? new byte[0] : values.getFirst().toByteArray();
    }

    private static String text(UnknownFieldSet message, int field) {
        return new String(bytes(message, field), UTF_8);
    }

    private static UnknownFieldSet message(byte[] bytes) {
        try {
            return UnknownFieldSet.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
