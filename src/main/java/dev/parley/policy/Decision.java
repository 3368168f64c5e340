package dev.parley.policy;

import java.util.List;

/** What policy makes of a revision. */
public sealed interface Decision {

    /** Why, most telling first; empty only for a plain publication. */
    List<Reason> reasons();

    record Publish(List<Reason> reasons) implements Decision {}

    /**
     * A moderator decides.
     *
     * @param risk 0 to 1, how urgently: the highest score among the reasons
     */
    record Hold(double risk, List<Reason> reasons) implements Decision {}

    record Reject(List<Reason> reasons) implements Decision {}
}
