package dev.parley.platform;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a request comes from. A header is believed only from a proxy that the operator named. */
@Singleton
public class ClientAddress {

    private final List<Network> trustedProxies;

    ClientAddress(PlatformConfig config) {
        this.trustedProxies = config.trustedProxies().orElse(List.of()).stream().map(Network::of).toList();
    }

    /** The client's address; behind trusted proxies the last one that is none of them. */
    public InetAddress of(HttpServerRequest request) {
        var peer = literal(request.remoteAddress().hostAddress());
        if (peer == null) {
            return InetAddress.getLoopbackAddress();
        }
        if (!isTrusted(peer)) {
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
            if (!isTrusted(hop)) {
                break;
            }
        }
        return client;
    }

    private boolean isTrusted(InetAddress address) {
        return trustedProxies.stream().anyMatch(network -> network.has(address));
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

    /** An address with the number of its leading bits that count. */
    private record Network(byte[] address, int bits) {

        /**
         * @param text an address, or one with {@code /} and a number of bits
         * @throws IllegalArgumentException if it is neither: who is trusted must not be guessed
         */
        static Network of(String text) {
            var parts = text.strip().split("/", 2);
            var address = literal(parts[0]);
            if (address == null) {
                throw new IllegalArgumentException("parley.trusted-proxies: no address or network: " + text);
            }
            var bytes = address.getAddress();
            try {
                int bits = parts.length == 1 ? bytes.length * 8 : Integer.parseInt(parts[1]);
                if (bits < 1 || bits > bytes.length * 8) {
                    throw new NumberFormatException();
                }
                return new Network(bytes, bits);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("parley.trusted-proxies: no address or network: " + text, e);
            }
        }

        boolean has(InetAddress other) {
            var bytes = other.getAddress();
            if (bytes.length != address.length) {
                return false;
            }
            int whole = bits / 8;
            int mask = (0xff00 >> bits % 8) & 0xff;
            return Arrays.equals(bytes, 0, whole, address, 0, whole)
                    && (mask == 0 || ((bytes[whole] ^ address[whole]) & mask) == 0);
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
