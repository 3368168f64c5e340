package dev.parley.scoring;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model as staff sees it.
 *
 * @param confidence {@code normal}, or {@code low} where thresholds should be strict
 * @param builtFrom names of the files of data that it was trained with; null if nobody wrote that down
 * @param figures of its evaluation on all texts of its language: {@code texts}, {@code with}, {@code auc} with {@code
 *     aucLow} and {@code aucHigh} (95 %), {@code prAuc}, {@code bestF1}, {@code f1AtHalf}, {@code precisionAtRecall80},
 *     {@code calibrationError}, {@code brier}; those that cannot be computed are missing
 * @param card whether there is a card to read
 */
public record ModelView(
        String language,
        String attribute,
        String version,
        String confidence,
        @Nullable String builtFrom,
        Map<String, BigDecimal> figures,
        boolean card) {}
