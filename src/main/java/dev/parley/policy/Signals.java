package dev.parley.policy;

import dev.parley.comment.CommenterStanding;
import dev.parley.tenant.PersonalDataRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Facts about a submission that are no scores.
 *
 * @param linkHosts hosts of the links in the text, repeats included
 * @param staffLikeName whether the name could be taken for staff's
 * @param addressBanned whether a sanction stands against the address
 * @param repeats how often the same text was sent to this tenant in the last day; texts too short to tell count as 0
 * @param robot whether a trap of the form says that no person filled it in
 * @param personalData what was done about addresses and phone numbers in the text; null if there were none
 * @param proven whether the commenter used a link that was mailed to the address; null in what was judged before that
 *     was asked
 * @param commenter what was known of the commenter then; null in what was judged before that was asked
 */
public record Signals(
        List<String> linkHosts,
        boolean staffLikeName,
        boolean addressBanned,
        int repeats,
        boolean robot,
        @Nullable PersonalDataRule personalData,
        @Nullable Boolean proven,
        @Nullable CommenterStanding commenter) {}
