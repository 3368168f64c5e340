package dev.parley.platform;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a request comes from. A header is believed only from a proxy that the operator named. */
@Singleton
public class ClientAddress {

    private final Set<String> trustedProxies;

    ClientAddress(PlatformConfig config) {
        this.trustedProxies = new HashSet<>(config.trustedProxies().orElse(List.of()));
    }

    /** The client's address; behind trusted proxies the last one that is none of them. */
    public InetAddress of(HttpServerRequest request) {
        var peer = literal(request.remoteAddress().hostAddress());
        if (peer == null) {
            return InetAddress.getLoopbackAddress();
        }
        if (!trustedProxies.contains(peer.getHostAddress())) {
            return peer;
        }
        var client = peer;
        var forwarded = String.join(",", request.headers().getAll("X-Forwarded-For")).split(",");
        for (int i = forwarded.length - 1; i >= 0; i--) {
            var hop = literal(forwarded[i].strip());
            if (hop == null) {
                break;
            }
            client = hop;
            if (!trustedProxies.contains(hop.getHostAddress())) {
                break;
            }
        }
        return client;
    }

    /** The network of an address, cut to /24 or /48: what may be kept for a while. */
    public static String network(InetAddress address) {
        return cut(address, address instanceof Inet4Address ? 24 : 48);
    }

    /** What counts as one sender for rate limits: /24 or /64. */
    public static String sender(InetAddress address) {
        return cut(address, address instanceof Inet4Address ? 24 : 64);
    }

    private static String cut(InetAddress address, int bits) {
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, bits / 8, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress() + "/" + bits;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // the length is right
        }
    }

    /** Parses a literal only: a name would be looked up. */
    private static @Nullable InetAddress literal(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 45 || !text.matches("[0-9a-fA-F.:]+")) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
