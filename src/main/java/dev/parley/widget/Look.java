package dev.parley.widget;

import dev.parley.platform.Language;
import dev.parley.tenant.SiteView;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How the page is to look and speak. What the query says wrongly is ignored.
 *
 * @param theme {@code light}, {@code dark}, or {@code auto}: as the reader's system
 * @param accent six hex digits; empty for our own
 * @param host origin of the embedding page, one of the site's; empty if there is none
 * @param asked what of it the query said, to be carried along
 */
record Look(Language language, String theme, String accent, String host, Map<String, String> asked) {

    private static final Set<String> THEMES = Set.of("light", "dark");

    static Look of(SiteView site, MultivaluedMap<String, String> query) {
        Map<String, String> asked = new LinkedHashMap<>();
        var language = Language.find(query.getFirst("lang"));
        language.ifPresent(l -> asked.put("lang", l.tag()));
        var theme = query.getFirst("theme");
        if (theme != null && THEMES.contains(theme)) {
            asked.put("theme", theme);
        }
        var accent = query.getFirst("accent");
        if (accent != null && accent.matches("[0-9a-fA-F]{6}")) {
            asked.put("accent", accent);
        }
        var host = query.getFirst("host");
        if (host != null && site.origins().contains(host)) {
            asked.put("host", host);
        }
        return new Look(
                language.orElseGet(() -> Language.of(site.language())),
                asked.getOrDefault("theme", "auto"),
                asked.getOrDefault("accent", ""),
                asked.getOrDefault("host", ""),
                asked);
    }

    /** For pages that know no more than a language. */
    static Look plain(Language language) {
        return new Look(language, "auto", "", "", Map.of());
    }
}
