package dev.parley.scoring;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import opennlp.tools.doccat.DoccatFactory;
import opennlp.tools.doccat.DoccatModel;
import opennlp.tools.ml.model.AbstractModel;
import org.jspecify.annotations.Nullable;

/**
 * A model as it is kept: an OpenNLP document categorizer file with the outcomes {@code 1} and {@code 0}, whose manifest
 * also holds attribute, languages, calibration and version. Its features are {@link Features} with real values, so it
 * is read by this package and not by {@code DocumentCategorizerME}.
 *
 * @param attribute such as {@code toxicity}
 * @param languages ISO 639-1 codes of the texts it may judge; the first is the one it was made for
 * @param calibration from its log-odds to a probability
 * @param version changes with every change of the file
 * @param model the weights
 */
public record ModelFile(
        String attribute, List<String> languages, Calibration calibration, String version, AbstractModel model) {
    /** Outcome of a text that has the attribute. */
    public static final String YES = "1";

    /** Outcome of a text that has not. */
    public static final String NO = "0";

    private static final String PREFIX = "parley.";
    private static final String BEND = "calibration.bend";

    /** The same moment in every file, so that equal weights make equal bytes. */
    private static final LocalDateTime TIMESTAMP = LocalDateTime.of(2026, 1, 1, 0, 0);

    /**
     * Reads a model.
     *
     * @throws IOException if the bytes are no such file
     */
    public static ModelFile read(byte[] bytes) throws IOException {
        var file = new DoccatModel(new ByteArrayInputStream(bytes));
        if (!(file.getMaxentModel() instanceof AbstractModel model)) throw new IOException("not a linear model");
        var head = Head.of(file::getManifestProperty, sha256(bytes));
        return new ModelFile(head.attribute(), head.languages(), head.calibration(), head.version(), model);
    }

    /** Reads a model from a stream, to its end. */
    public static ModelFile read(InputStream in) throws IOException {
        return read(in.readAllBytes());
    }

    /** What the manifest says; the version ends with a part of the file's checksum. */
    record Head(String attribute, List<String> languages, Calibration calibration, String version) {

        static Head of(Function<String, @Nullable String> manifest, String checksum) throws IOException {
            return new Head(
                    property(manifest, "attribute"),
                    List.of(property(manifest, "languages").split(",")),
                    new Calibration(
                            Double.parseDouble(property(manifest, "calibration.slope")),
                            Double.parseDouble(property(manifest, "calibration.intercept")),
                            Double.parseDouble(Objects.requireNonNullElse(manifest.apply(PREFIX + BEND), "0"))),
                    property(manifest, "version") + "-" + checksum.substring(0, 8));
        }

        private static String property(Function<String, @Nullable String> manifest, String name) throws IOException {
            var value = manifest.apply(PREFIX + name);
            if (value == null) throw new IOException("no " + PREFIX + name + " in the manifest");
            return value;
        }
    }

    /** The bytes of this model; the same for the same weights, whenever they are written. */
    public byte[] write() throws IOException {
        var entries = new HashMap<String, String>();
        entries.put(PREFIX + "attribute", attribute);
        entries.put(PREFIX + "languages", String.join(",", languages));
        entries.put(PREFIX + "calibration.slope", Double.toString(calibration.slope()));
        entries.put(PREFIX + "calibration.intercept", Double.toString(calibration.intercept()));
        if (calibration.bend() != 0) entries.put(PREFIX + BEND, Double.toString(calibration.bend()));
        entries.put(PREFIX + "version", version);
        entries.put("Timestamp", "0");
        var out = new ByteArrayOutputStream();
        new DoccatModel(languages.getFirst(), model, entries, new DoccatFactory()).serialize(out);
        return withFixedTimes(out.toByteArray());
    }

    private static byte[] withFixedTimes(byte[] zip) throws IOException {
        var bytes = new ByteArrayOutputStream(zip.length);
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip));
                var out = new ZipOutputStream(bytes)) {
            out.setLevel(9);
            for (ZipEntry entry; (entry = in.getNextEntry()) != null; ) {
                var copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(TIMESTAMP);
                out.putNextEntry(copy);
                out.write(withoutComments(entry.getName(), in.readAllBytes()));
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Java writes the date as a comment into a properties file, and the order is that of a hash table. */
    private static byte[] withoutComments(String name, byte[] content) {
        if (!name.endsWith(".properties")) return content;
        var lines = new String(content, StandardCharsets.ISO_8859_1).lines();
        return lines.filter(line -> !line.startsWith("#"))
                .sorted()
                .reduce("", (a, b) -> a + b + "\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The checksum of a file's bytes, in hex. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
