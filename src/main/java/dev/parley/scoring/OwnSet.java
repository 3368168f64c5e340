package dev.parley.scoring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The models that one tenant's moderators taught, in memory. Those that stand on another shipped model than the present
 * one score nothing.
 */
public final class OwnSet {
    /** Of a tenant without any. */
    public static final OwnSet NONE = new OwnSet(List.of());

    /**
     * One of them.
     *
     * @param base version of the shipped model that it stands on; null where there is none
     */
    record Own(@Nullable String base, ModelWeights weights) {
        static Own read(@Nullable String base, byte[] file) {
            try {
                return new Own(base, ModelWeights.read(file));
            } catch (IOException e) {
                throw new ScoringUnavailable("A tenant's model can't be read", e);
            }
        }

        String language() {
            return weights.languages().getFirst();
        }

        String attribute() {
            return weights.column().attribute();
        }

        boolean standsOn(@Nullable WeightTable shipped) {
            return Objects.equals(base, versionOf(shipped, attribute()));
        }
    }

    private final List<Own> models;
    private final Map<String, Optional<WeightTable>> tables = new ConcurrentHashMap<>();

    OwnSet(List<Own> models) {
        this.models = List.copyOf(models);
    }

    /**
     * One model alone, as it would score.
     *
     * @param base version of the shipped model that it stands on; null where there is none
     * @param file as {@link ModelFile#write} made it
     * @throws ScoringUnavailable if it is no model
     */
    public static OwnSet of(@Nullable String base, byte[] file) {
        return new OwnSet(List.of(Own.read(base, file)));
    }

    /** These with another one in the place of that for the same attribute and language. */
    OwnSet with(Own other) {
        var all = new ArrayList<>(models);
        all.removeIf(model -> model.language().equals(other.language()) && model.attribute().equals(other.attribute()));
        all.add(other);
        return new OwnSet(all);
    }

    /**
     * What scores a language.
     *
     * @param shipped the shipped models of the language; null where there are none
     */
    Optional<WeightTable> table(String language, @Nullable WeightTable shipped) {
        if (models.isEmpty()) return Optional.ofNullable(shipped);
        return tables.computeIfAbsent(language, _ -> Optional.ofNullable(make(language, shipped)));
    }

    private @Nullable WeightTable make(String language, @Nullable WeightTable shipped) {
        var its =
                models.stream()
                        .filter(model -> model.language().equals(language) && model.standsOn(shipped))
                        .map(Own::weights)
                        .toList();
        return its.isEmpty() ? shipped : new WeightTable(shipped == null ? new WeightTable() : shipped, its);
    }

    /** Versions of the shipped models, by language and attribute, with those of these in their places. */
    Map<String, String> over(ModelSet shipped, Map<String, String> versions) {
        if (models.isEmpty()) return versions;
        var all = new TreeMap<>(versions);
        for (var model : models) {
            if (model.standsOn(shipped.forLanguage(model.language()).orElse(null))) {
                all.put(model.language() + "/" + model.attribute(), model.weights().column().version());
            }
        }
        return all;
    }

    static @Nullable String versionOf(@Nullable WeightTable shipped, String attribute) {
        if (shipped == null) return null;
        return shipped.columns().stream()
                .filter(column -> column.attribute().equals(attribute))
                .map(WeightTable.Column::version)
                .findFirst()
                .orElse(null);
    }
}
