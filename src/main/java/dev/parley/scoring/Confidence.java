package dev.parley.scoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** How far the shipped models can be trusted, as their list says: {@code normal}, or {@code low} for few examples. */
public final class Confidence {
    private static final String LIST = "/models/models.properties";
    private static final String SAID = ".confidence";
    private static final Map<String, String> BY_MODEL = read();

    private Confidence() {}

    /** Of the model behind a score; empty for a model that is not in the list. */
    public static Optional<String> of(Score score) {
        return Optional.ofNullable(BY_MODEL.get(score.attribute() + "/" + score.modelVersion()));
    }

    private static Map<String, String> read() {
        var list = new Properties();
        try (var in = Confidence.class.getResourceAsStream(LIST)) {
            if (in != null) list.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var byModel = new HashMap<String, String>();
        for (var key : list.stringPropertyNames()) {
            if (!key.endsWith(SAID)) continue;
            var name = key.substring(0, key.length() - SAID.length());
            var attribute = name.substring(name.indexOf('/') + 1);
            byModel.put(attribute + "/" + list.getProperty(name + ".version"), list.getProperty(key));
        }
        return byModel;
    }
}
