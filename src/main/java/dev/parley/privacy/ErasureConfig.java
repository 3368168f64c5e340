package dev.parley.privacy;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The list of erasures that is kept outside the database. */
@ConfigMapping(prefix = "parley.erasures")
public interface ErasureConfig {

    /**
     * File to which every erasure is appended, and from which those that the database does not know are repeated at the
     * start: after a backup was restored that is older than they are. Keep it apart from database and backups; ids
     * only.
     */
    Optional<String> log();

    /**
     * A list of erasures that are repeated like those, and that is only read; of an older or another database, by
     * {@code bootstrap/erasures.sql}. The start is refused if the file is not there.
     */
    Optional<String> repeat();
}
