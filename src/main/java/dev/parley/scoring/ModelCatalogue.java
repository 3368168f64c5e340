package dev.parley.scoring;

import dev.parley.platform.NotFound;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is told of the shipped models: their list, and the card that evaluation wrote of each. */
@ApplicationScoped
public class ModelCatalogue {

    private static final String FOLDER = "/models/";
    private static final String CARDS = FOLDER + "cards/";
    private static final String CHECKSUM = ".sha256";

    /** Columns of a card's table of figures, and what they are called in JSON. {@code 95 %} is a span. */
    private static final Map<String, String> FIGURES =
            Map.of(
                    "n", "texts",
                    "with it", "with",
                    "AUC", "auc",
                    "PR-AUC", "prAuc",
                    "best F1", "bestF1",
                    "F1 at .5", "f1AtHalf",
                    "precision at recall .8", "precisionAtRecall80",
                    "calibration error", "calibrationError",
                    "Brier", "brier");

    private static final String SPAN = "95 %";

    private final List<ModelView> models;

    ModelCatalogue() {
        this.models = read();
    }

    /** The models by language and attribute. */
    public List<ModelView> all() {
        return models;
    }

    /**
     * The card of a model, in Markdown.
     *
     * @throws NotFound if there is no such model, or it has no card
     */
    public String card(String language, String attribute) {
        return models.stream()
                .filter(model -> model.language().equals(language) && model.attribute().equals(attribute))
                .findFirst()
                .flatMap(model -> text(cardOf(model.language(), model.attribute())))
                .orElseThrow(() -> new NotFound("model card"));
    }

    private static List<ModelView> read() {
        var list = new Properties();
        try (var in = open(FOLDER + "models.properties")) {
            list.load(Objects.requireNonNull(in, "models.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var models = new ArrayList<ModelView>();
        for (var key : new TreeSet<>(list.stringPropertyNames())) {
            if (key.endsWith(CHECKSUM)) {
                models.add(model(list, key.substring(0, key.length() - CHECKSUM.length())));
            }
        }
        return List.copyOf(models);
    }

    private static ModelView model(Properties list, String name) {
        var language = name.substring(0, name.indexOf('/'));
        var attribute = name.substring(name.indexOf('/') + 1);
        var card = text(cardOf(language, attribute));
        return new ModelView(
                language,
                attribute,
                list.getProperty(name + ".version", "unknown"),
                list.getProperty(name + ".confidence", "normal"),
                list.getProperty(name + ".data"),
                card.map(ModelCatalogue::figures).orElse(Map.of()),
                card.isPresent());
    }

    /** The row {@code all} of the first table that has one. */
    private static Map<String, BigDecimal> figures(String card) {
        List<String> head = List.of();
        for (var line : card.lines().toList()) {
            var cells = cells(line);
            if (!cells.isEmpty() && cells.getFirst().equals("texts")) {
                head = cells;
            } else if (!head.isEmpty() && !cells.isEmpty() && cells.getFirst().equals("all")) {
                return figures(head, cells);
            }
        }
        return Map.of();
    }

    private static Map<String, BigDecimal> figures(List<String> head, List<String> cells) {
        Map<String, BigDecimal> figures = new LinkedHashMap<>();
        for (int i = 1; i < Math.min(head.size(), cells.size()); i++) {
            var name = FIGURES.get(head.get(i));
            if (name != null) {
                put(figures, name, cells.get(i));
            } else if (head.get(i).equals(SPAN) && cells.get(i).contains("–")) {
                var ends = cells.get(i).split("–", 2);
                put(figures, "aucLow", ends[0]);
                put(figures, "aucHigh", ends[1]);
            }
        }
        return Collections.unmodifiableMap(figures);
    }

    private static void put(Map<String, BigDecimal> figures, String name, String cell) {
        if (!cell.isEmpty()) {
            figures.put(name, new BigDecimal(cell.replace(",", "")));
        }
    }

    private static List<String> cells(String line) {
        if (!line.startsWith("|")) {
            return List.of();
        }
        var cells = new ArrayList<String>();
        for (var cell : line.substring(1).split("\\|")) {
            cells.add(cell.strip());
        }
        return cells;
    }

    private static String cardOf(String language, String attribute) {
        return CARDS + language + "-" + attribute + ".md";
    }

    private static Optional<String> text(String name) {
        try (var in = open(name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable InputStream open(String name) {
        return ModelCatalogue.class.getResourceAsStream(name);
    }
}
