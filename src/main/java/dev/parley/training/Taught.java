package dev.parley.training;

import dev.parley.scoring.Scorers;
import java.util.Map;

/**
 * A text with what a tenant's people said of it.
 *
 * @param body without email addresses and phone numbers
 * @param text the same, normalised
 * @param siteLanguage what a text is scored as that is too short to tell
 * @param writer who wrote it, so that nobody teaches a word alone
 * @param labels whether it has an attribute, for those that what was said tells of
 * @param shipped what the shipped models make of it
 * @param before what scores it when the training begins
 */
record Taught(
        String body,
        String text,
        String siteLanguage,
        String writer,
        Map<String, Boolean> labels,
        Scorers.Odds shipped,
        Scorers.Odds before) {

    String language() {
        return shipped.language();
    }
}
