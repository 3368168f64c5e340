package dev.parley.delivery;

import dev.parley.platform.PlatformConfig;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a comment can be read. */
@Singleton
class CommentLinks {

    /** What stands before the id on the publisher's page. */
    static final String FRAGMENT = "#comment-";

    private final PlatformConfig platform;

    CommentLinks(PlatformConfig platform) {
        this.platform = platform;
    }

    /** The comment on the publisher's page, or in the frame where no address of that page is known. */
    String to(String site, String article, @Nullable String url, UUID comment) {
        return url == null
                ? platform.publicOrigin() + "/embed/" + site + "/" + article + "?comment=" + comment
                : withoutFragment(url) + FRAGMENT + comment;
    }

    static String withoutFragment(String url) {
        int hash = url.indexOf('#');
        return hash < 0 ? url : url.substring(0, hash);
    }
}
