package dev.parley.scoring;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/**
 * The models of all languages, each language's in one table.
 *
 * <p>A model belongs to the language of its folder; one that judges further languages (spam) also stands in their
 * tables.
 */
final class ModelSet {
    /** The attribute without which a language counts as not scored. */
    static final String TOXICITY = "toxicity";

    private static final String FOLDER = "/models/";
    private static final String CHECKSUM = ".sha256";

    private final Map<String, WeightTable> byLanguage;

    private ModelSet(Map<String, WeightTable> byLanguage) {
        this.byLanguage = byLanguage;
    }

    /** The shipped models; fails if one is missing, unreadable or not the one in the list. */
    static ModelSet shipped() throws IOException {
        var list = new Properties();
        list.load(open("models.properties"));
        var models = new ArrayList<ModelWeights>();
        for (var key : new TreeSet<>(list.stringPropertyNames())) {
            if (!key.endsWith(CHECKSUM)) continue;
            var name = key.substring(0, key.length() - CHECKSUM.length()) + ".bin";
            var bytes = open(name).readAllBytes();
            var checksum = ModelFile.sha256(bytes);
            if (!checksum.equals(list.getProperty(key))) throw new IOException("checksum of " + name);
            models.add(ModelWeights.read(bytes, checksum));
        }
        if (models.isEmpty()) throw new IOException("no models");
        return of(models);
    }

    private static ModelSet of(List<ModelWeights> models) {
        var byLanguage = new LinkedHashMap<String, List<ModelWeights>>();
        for (var model : models) {
            for (var language : model.languages()) {
                byLanguage.computeIfAbsent(language, _ -> new ArrayList<>()).add(model);
            }
        }
        var tables = new LinkedHashMap<String, WeightTable>();
        byLanguage.forEach((language, its) -> tables.put(language, new WeightTable(its.toArray(ModelWeights[]::new))));
        return new ModelSet(tables);
    }

    private static InputStream open(String name) throws IOException {
        var in = ModelSet.class.getResourceAsStream(FOLDER + name);
        if (in == null) throw new IOException("missing " + FOLDER + name);
        return in;
    }

    Optional<WeightTable> forLanguage(String language) {
        return Optional.ofNullable(byLanguage.get(language));
    }

    Map<String, WeightTable> all() {
        return byLanguage;
    }
}
