package dev.parley.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** HTTP/1.1 byte by byte, for requests that no proper client would send. */
public final class Wire {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(ISO_8859_1);

    /** What came back. Status 0: nothing did, the connection was closed. */
    public record Answer(int status, List<String> headers, String body) {

        public Optional<String> header(String name) {
            var prefix = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst();
        }
    }

    private Wire() {}

    public static Socket open() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** One request on a connection of its own. The target goes out as it is; header lines too, in Latin-1. */
    public static Answer send(String method, String target, List<String> headers, byte[] body) {
        return exchange(request(method, target, headers, body, body.length));
    }

    /** A request that declares more or less than it sends. */
    public static byte[] request(String method, String target, List<String> headers, byte[] body, long declared) {
        var head = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        if (headers.stream().noneMatch(line -> line.startsWith("Host:"))) head.append("Host: 127.0.0.1\r\n");
        headers.forEach(line -> head.append(line).append("\r\n"));
        if (declared > 0) head.append("Content-Length: ").append(declared).append("\r\n");
        head.append("Connection: close\r\n\r\n");
        var all = new ByteArrayOutputStream();
        all.writeBytes(head.toString().getBytes(ISO_8859_1));
        all.writeBytes(body);
        return all.toByteArray();
    }

    /** Sends the bytes and reads until the server closes. */
    public static Answer exchange(byte[] bytes) {
        try (var socket = open()) {
            try {
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
            } catch (IOException closedEarly) {
                // The answer may be there all the same.
            }
            return parse(readAll(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All bytes until the connection ends, by whichever means. */
    public static byte[] readAll(InputStream in) throws IOException {
        var read = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) read.write(buffer, 0, n);
        } catch (java.net.SocketTimeoutException e) {
            throw e;
        } catch (IOException reset) {
            // As good as the end.
        }
        return read.toByteArray();
    }

    /** The first answer in these bytes. */
    public static Answer parse(byte[] bytes) {
        if (bytes.length == 0) return new Answer(0, List.of(), "");
        int end = indexOf(bytes, END_OF_HEAD);
        if (end < 0) end = bytes.length;
        var lines = new String(bytes, 0, end, ISO_8859_1).split("\r\n");
        int start = Math.min(bytes.length, end + END_OF_HEAD.length);
        var answer = new Answer(Integer.parseInt(lines[0].split(" ")[1]), List.of(lines).subList(1, lines.length), "");
        var body = java.util.Arrays.copyOfRange(bytes, start, bytes.length);
        boolean chunked = answer.header("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent();
        return new Answer(answer.status, answer.headers, new String(chunked ? joined(body) : body, UTF_8));
    }

    private static byte[] joined(byte[] chunks) {
        var all = new ByteArrayOutputStream();
        var text = new String(chunks, ISO_8859_1);
        for (int at = 0; at < text.length(); ) {
            int line = text.indexOf("\r\n", at);
            if (line < 0) break;
            int size = Integer.parseInt(text.substring(at, line).strip(), 16);
            if (size == 0) break;
            all.write(chunks, line + 2, Math.min(size, chunks.length - line - 2));
            at = line + 2 + size + 2;
        }
        return all.toByteArray();
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        return new String(bytes, ISO_8859_1).indexOf(new String(part, ISO_8859_1));
    }

    /** All status codes in what a pipelined exchange gave back. */
    public static List<Integer> statuses(byte[] bytes) {
        var found = new ArrayList<Integer>();
        var lines = java.util.regex.Pattern.compile("HTTP/1\\.[01] (\\d{3})").matcher(new String(bytes, ISO_8859_1));
        while (lines.find()) found.add(Integer.valueOf(lines.group(1)));
        return found;
    }
}
