package dev.parley.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** What is unpacked once and used by every run: {@code PARLEY_CACHE}, or a folder of the user's cache. */
public final class Cache {

    private Cache() {}

    /** The cache folder, for this user alone: programs are started from it. */
    public static Path folder() {
        return folder(System.getenv());
    }

    static Path folder(Map<String, String> environment) {
        var chosen = environment.get("PARLEY_CACHE");
        var folder =
                chosen != null && !chosen.isBlank()
                        ? Path.of(chosen)
                        : Path.of(System.getProperty("user.home"), ".cache", "parley");
        try {
            PrivateFiles.folder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot make the cache folder " + folder + "; choose another by PARLEY_CACHE", e);
        }
        return folder.toAbsolutePath();
    }
}
