package dev.parley.delivery;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An address that a webhook may call, taken apart.
 *
 * @param path with the query, at least {@code /}
 * @param onThisMachine whether only loopback addresses may be called
 */
record WebhookAddress(boolean tls, String host, int port, String path, boolean onThisMachine) {

    /**
     * A name of at least two labels that does not end in a number: never an address of a machine, however it is spelt.
     */
    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

    /** Ends of names that mean this machine or this network. */
    private static final Pattern INTERNAL = Pattern.compile(".*\\.(?:localhost|local|internal|home\\.arpa|onion)");

    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /**
     * Reads an address; empty if it may not be called.
     *
     * @param ports that may be called elsewhere than on this machine
     * @param loopback whether this machine may be called, then at any port and without TLS
     */
    static Optional<WebhookAddress> of(String address, Set<Integer> ports, boolean loopback) {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        if (uri.getHost() == null
                || uri.getScheme() == null
                || uri.getRawUserInfo() != null
                || uri.getFragment() != null) {
            return Optional.empty();
        }
        boolean tls = uri.getScheme().equalsIgnoreCase("https");
        if (!tls && !uri.getScheme().equalsIgnoreCase("http") || !isAscii(address)) {
            return Optional.empty();
        }
        var host = uri.getHost().toLowerCase(Locale.ROOT);
        int port = uri.getPort() == -1 ? (tls ? HTTPS : HTTP) : uri.getPort();
        boolean here = loopback && LOOPBACK.contains(host);
        boolean elsewhere = tls && ports.contains(port) && isName(host);
        return here || elsewhere ? Optional.of(new WebhookAddress(tls, host, port, path(uri), here)) : Optional.empty();
    }

    private static boolean isName(String host) {
        return host.length() <= 253 && NAME.matcher(host).matches() && !INTERNAL.matcher(host).matches();
    }

    private static boolean isAscii(String address) {
        return address.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static String path(URI uri) {
        var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
