package dev.parley.testing;

import dev.parley.testing.Needles.Needle;
import io.restassured.builder.ResponseBuilder;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * All that left the program during a while, by surface: what each operation answered, head and body apart, and whatever
 * is added from files and tables. As a filter of REST Assured it takes every answer by itself.
 */
public final class Harvest implements Filter {

    /** An address that left, by which surface and in which writing. */
    public record Leak(String surface, Needle needle) {
        @Override
        public String toString() {
            return "%s in %s, as %s".formatted(needle.of(), surface, needle.form());
        }
    }

    private interface Source {
        InputStream open() throws IOException;
    }

    /** What may be tokens and cursors of ours begins at that many letters: an address could hide in their bytes. */
    private static final int ENCODED = 20;

    /** The bytes that such letters are. */
    private static final boolean[] LETTERS = new boolean[1 << Byte.SIZE];

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+/-".chars().forEach(c -> LETTERS[c] = true);
    }

    private static final Pattern BYTES = Pattern.compile("\\\\x((?:[0-9a-f]{2})+)");

    private final Map<String, ByteArrayOutputStream> collected = new LinkedHashMap<>();
    private final Map<String, List<Source>> files = new LinkedHashMap<>();
    private final Set<String> called = new TreeSet<>();
    private final Set<String> headers = new TreeSet<>();

    /** Says of an answer whether it is the one that may hold an address. */
    private final Predicate<String> allowed;

    private long searched;

    public Harvest(Predicate<String> allowed) {
        this.allowed = allowed;
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        var answer = context.next(request, expected);
        var operation = Operations.named(request.getMethod(), URI.create(request.getURI()).getPath());
        var body = answer.asByteArray();
        take(operation, answer, body);
        return new ResponseBuilder().clone(answer).setBody(body).build();
    }

    private synchronized void take(String operation, Response answer, byte[] body) {
        called.add(operation);
        answer.getHeaders().forEach(header -> headers.add(header.getName().toLowerCase(java.util.Locale.ROOT)));
        add("head of " + operation, answer.statusLine() + "\n" + answer.getHeaders() + "\n");
        if (!(allowed.test(operation) && answer.statusCode() == 200)) {
            add("body of " + operation, body);
        }
    }

    public void add(String surface, String text) {
        add(surface, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds bytes, and what stands encoded in them once more in the clear. */
    public synchronized void add(String surface, byte[] bytes) {
        var stream = collected.computeIfAbsent(surface, _ -> new ByteArrayOutputStream());
        stream.writeBytes(bytes);
        stream.write('\n');
        int letters = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i < bytes.length && LETTERS[bytes[i] & 0xff]) {
                letters++;
            } else {
                if (letters >= ENCODED) {
                    stream.writeBytes(decoded(new String(bytes, i - letters, letters, StandardCharsets.ISO_8859_1)));
                    stream.write('\n');
                }
                letters = 0;
            }
        }
        var hex = BYTES.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        while (hex.find()) {
            stream.writeBytes(java.util.HexFormat.of().parseHex(hex.group(1)));
            stream.write('\n');
        }
    }

    /** Adds a file from a place on; it is read when it is searched. */
    public void file(String surface, Path file, long from) {
        files.computeIfAbsent(surface, _ -> new ArrayList<>())
                .add(() -> {
                    var stream = Files.newInputStream(file);
                    stream.skipNBytes(from);
                    return stream;
                });
    }

    /** What was called, each operation once. */
    public Set<String> called() {
        return called;
    }

    /** Names of the headers of all answers, in small letters. */
    public Set<String> headers() {
        return headers;
    }

    public Set<String> surfaces() {
        var names = new TreeSet<>(collected.keySet());
        names.addAll(files.keySet());
        return names;
    }

    /** Whether the surface holds that text; case does not matter. */
    public boolean holds(String surface, String text) {
        var marker = new Needles(List.of(new Needle("marker", "marker", text)));
        return sources(surface).stream().anyMatch(source -> !in(marker, source).isEmpty());
    }

    /** Looks for the needles in every surface but some. */
    public List<Leak> search(Needles needles, Set<String> except) {
        List<Leak> leaks = new ArrayList<>();
        for (var surface : surfaces()) {
            if (!except.contains(surface)) {
                Set<Needle> found = new java.util.LinkedHashSet<>();
                sources(surface).forEach(source -> found.addAll(in(needles, source)));
                found.forEach(needle -> leaks.add(new Leak(surface, needle)));
            }
        }
        return leaks;
    }

    /** How many bytes were looked at in all searches. */
    public long searched() {
        return searched;
    }

    private List<Source> sources(String surface) {
        List<Source> sources = new ArrayList<>(files.getOrDefault(surface, List.of()));
        var bytes = collected.get(surface);
        if (bytes != null) {
            sources.add(() -> new ByteArrayInputStream(bytes.toByteArray()));
        }
        return sources;
    }

    private Set<Needle> in(Needles needles, Source source) {
        try (var stream = new Counted(source.open())) {
            var found = needles.in(stream);
            searched += stream.count;
            return found;
        } catch (java.nio.file.NoSuchFileException e) {
            return Set.of(); // the database removes files of its own while it works
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] decoded(String text) {
        var bare = text.replace('+', '-').replace('/', '_');
        try {
            // A single letter over is no whole byte; it is left out.
            return Base64.getUrlDecoder().decode(bare.length() % 4 == 1 ? bare.substring(1) : bare);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static final class Counted extends java.io.FilterInputStream {
        long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int n = super.read(buffer, from, length);
            count += Math.max(0, n);
            return n;
        }
    }
}
