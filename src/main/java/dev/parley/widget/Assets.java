package dev.parley.widget;

import io.quarkiverse.web.bundler.runtime.Bundle;
import jakarta.inject.Singleton;

/** Where the frame's style and script are: under addresses that name their content, so that browsers may keep them. */
@Singleton
class Assets {

    private final String style;
    private final String script;

    Assets(Bundle bundle) {
        this.style = bundle.style("widget");
        this.script = bundle.script("widget");
    }

    String style() {
        return style;
    }

    String script() {
        return script;
    }
}
