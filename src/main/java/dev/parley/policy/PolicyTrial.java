package dev.parley.policy;

import dev.parley.article.ArticleView;
import java.util.List;

/** The policies in force, and the same with a draft in place of one scope's. Immutable; of one moment. */
public final class PolicyTrial {

    private final List<PolicyView> today;
    private final List<PolicyView> drafted;

    PolicyTrial(List<PolicyView> today, List<PolicyView> drafted) {
        this.today = List.copyOf(today);
        this.drafted = List.copyOf(drafted);
    }

    /** What applies to comments on an article now. */
    public EffectivePolicy before(ArticleView article) {
        return Policies.effective(today, article);
    }

    /** What would apply to them with the draft. */
    public EffectivePolicy after(ArticleView article) {
        return Policies.effective(drafted, article);
    }
}
