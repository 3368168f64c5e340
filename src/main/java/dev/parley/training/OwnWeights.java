package dev.parley.training;

import dev.parley.scoring.FeatureCounts;
import dev.parley.scoring.Features;
import dev.parley.scoring.WeightTable;
import java.util.HashMap;
import java.util.Map;

/** Weights that were just learnt, to judge texts of a fold with: without a file, windows or a table. */
final class OwnWeights {
    private final Map<Long, Double> byKey = new HashMap<>();
    private final double bias;
    private final double ofBase;
    private final FeatureCounts once = new FeatureCounts();

    /**
     * @param byName as {@link Examples#plain} gives them
     */
    OwnWeights(Map<String, Double> byName) {
        byName.forEach((name, weight) -> byKey.put(Features.key(name), weight));
        bias = byName.getOrDefault(Features.BIAS, 0.0);
        ofBase = 1 + byName.getOrDefault(Features.BASE, 0.0);
    }

    /**
     * @param base the log-odds that the text has already
     * @param text normalised
     */
    double logOdds(double base, String text) {
        double[] sum = {0};
        once.clear();
        Features.visit(
                text,
                0,
                text.length(),
                (key, _, _, _) -> {
                    if (once.add(key)) sum[0] += byKey.getOrDefault(key, 0.0);
                });
        return bias + ofBase * base + sum[0] * WeightTable.value(once.size());
    }
}
