package dev.parley.reader;

import dev.parley.platform.Language;
import org.jspecify.annotations.Nullable;

/**
 * What all of the reader's pages have around them.
 *
 * @param style address of the framed page's stylesheet
 * @param ownStyle address of what these pages add to it
 * @param path of the link's page; empty where there is none
 * @param query to be carried along, such as {@code ?lang=de}; empty for nothing
 * @param notice what was done, or was not; null if nothing was asked for
 */
record Shell(
        String style,
        String ownStyle,
        Language language,
        String site,
        String path,
        String query,
        @Nullable Notice notice) {

    /**
     * What became of what was asked for.
     *
     * @param kind class of its look: {@code good} or {@code bad}
     */
    record Notice(String kind, String title, @Nullable String text) {

        static Notice good(String title, @Nullable String text) {
            return new Notice("good", title, text);
        }

        static Notice bad(String title, @Nullable String text) {
            return new Notice("bad", title, text);
        }

        /** Errors interrupt who hears the page. */
        public String role() {
            return kind.equals("bad") ? "alert" : "status";
        }
    }

    MeTexts texts() {
        return language.texts(MeTexts.class);
    }

    Shell with(@Nullable Notice other) {
        return new Shell(style, ownStyle, language, site, path, query, other);
    }
}
