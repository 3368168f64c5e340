package dev.parley.interop;

import dev.parley.tenant.SiteView;
import dev.parley.tenant.Sites;
import dev.parley.text.LanguageDetector;
import jakarta.enterprise.context.ApplicationScoped;

/** What a text is taken for that is too short to tell, if nobody said its language. */
@ApplicationScoped
class HomeLanguage {

    private final Sites sites;

    HomeLanguage(Sites sites) {
        this.sites = sites;
    }

    /** The language of all sites of the entered tenant; {@code und} if they differ, or there are none. */
    String get() {
        var languages = sites.all().stream().map(SiteView::language).distinct().toList();
        return languages.size() == 1 ? languages.getFirst() : LanguageDetector.UNDETERMINED;
    }
}
