package dev.parley.widget;

import dev.parley.platform.Language;

/**
 * What every page of the frame has around its content.
 *
 * @param path of the article's frame, without a query; empty on pages of no article
 * @param events address of the thread's live events; empty on pages of no article
 * @param action where the form for a comment goes; those for changes, withdrawals and flags go below it
 * @param mine where a reader asks for a link to what they wrote; empty on pages of no article
 * @param texts what the script says, as JSON that is safe inside a script element
 */
record Frame(
        String style,
        String script,
        Look look,
        String path,
        String events,
        String action,
        String editAction,
        String withdrawAction,
        String flagAction,
        String mine,
        String texts) {

    public Language language() {
        return look.language();
    }
}
