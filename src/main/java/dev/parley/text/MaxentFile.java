package dev.parley.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Properties;
import java.util.zip.ZipInputStream;
import opennlp.tools.ml.model.BinaryFileDataReader;
import org.jspecify.annotations.Nullable;

/**
 * A model file of OpenNLP, read feature by feature. The library makes an object of each feature and asks the compressed
 * file for every number by itself; for what is folded into arrays at once anyway, that was most of the time and of the
 * memory of the start. For GIS and QN, the library's maximum entropy models.
 */
public final class MaxentFile {

    private static final String MANIFEST = "manifest.properties";
    private static final String GIS = "GIS";
    private static final String QN = "QN";

    /** What is told of one feature; both arrays are of one length and filled anew for the next. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * A feature.
         *
         * @param name as it is in the file
         * @param outcomes numbers of the outcomes that it speaks for or against
         * @param parameters its weight for each of them
         */
        void feature(String name, int[] outcomes, double[] parameters);
    }

    private final Properties manifest = new Properties();
    private final String[] outcomes;

    /** How many features have the same outcomes, and which those are: a few of them, or one for each feature. */
    private final int[][] patterns;

    private final String[] names;
    private final ByteBuffer parameters;

    /**
     * Reads it.
     *
     * @param bytes of the file
     * @param part name of the entry with the model, such as {@code doccat.model}
     * @throws IOException if these are no such file
     */
    public MaxentFile(byte[] bytes, String part) throws IOException {
        var entries = entries(bytes);
        var head = entries.get(MANIFEST);
        var model = entries.get(part);
        if (head == null || model == null) throw new IOException("no " + part + " with a manifest");
        manifest.load(new StringReader(new String(head, StandardCharsets.ISO_8859_1)));
        var bytesLeft = new ByteArrayInputStream(model);
        var reader = new BinaryFileDataReader(bytesLeft);
        var type = reader.readUTF();
        if (type.equals(GIS)) {
            reader.readInt(); // corrections of long ago, which nothing reads
            reader.readDouble();
        } else if (!type.equals(QN)) {
            throw new IOException("a model of type " + type);
        }
        outcomes = strings(reader);
        patterns = patterns(reader);
        names = strings(reader);
        parameters = ByteBuffer.wrap(model, model.length - bytesLeft.available(), bytesLeft.available());
        if (parameters.remaining() < 8L * weights()) throw new IOException("it ends too early");
    }

    private static HashMap<String, byte[]> entries(byte[] bytes) throws IOException {
        var entries = new HashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static String[] strings(BinaryFileDataReader reader) throws IOException {
        var strings = new String[reader.readInt()];
        for (int i = 0; i < strings.length; i++) strings[i] = reader.readUTF();
        return strings;
    }

    private static int[][] patterns(BinaryFileDataReader reader) throws IOException {
        var patterns = new int[reader.readInt()][];
        for (int i = 0; i < patterns.length; i++) patterns[i] = numbers(reader.readUTF());
        return patterns;
    }

    /**
     * Without a regular expression or a stream: there are tens of thousands, and they are read by code that is cold.
     */
    private static int[] numbers(String spaced) {
        int count = 1;
        for (int i = 0; i < spaced.length(); i++) if (spaced.charAt(i) == ' ') count++;
        var numbers = new int[count];
        for (int i = 0, start = 0; i < count; i++) {
            int space = spaced.indexOf(' ', start);
            int end = space < 0 ? spaced.length() : space;
            numbers[i] = Integer.parseInt(spaced, start, end, 10);
            start = end + 1;
        }
        return numbers;
    }

    /** A value of the manifest, or null. */
    public @Nullable String property(String name) {
        return manifest.getProperty(name);
    }

    /** Names of the outcomes, by their numbers. */
    public String[] outcomes() {
        return outcomes.clone();
    }

    /** How many features the model knows. */
    public int features() {
        return names.length;
    }

    /** How many weights they have together. */
    int weights() {
        int sum = 0;
        for (var pattern : patterns) sum += pattern[0] * (pattern.length - 1);
        return sum;
    }

    /** Tells of each feature, in the order of the file. */
    public void visit(Visitor visitor) {
        var rest = parameters.duplicate();
        int feature = 0;
        for (var pattern : patterns) {
            var its = Arrays.copyOfRange(pattern, 1, pattern.length);
            var weights = new double[its.length];
            for (int last = feature + pattern[0]; feature < last; feature++) {
                for (int i = 0; i < weights.length; i++) weights[i] = rest.getDouble();
                visitor.feature(names[feature], its, weights);
            }
        }
    }
}
