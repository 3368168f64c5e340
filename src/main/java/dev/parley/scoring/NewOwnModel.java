package dev.parley.scoring;

import org.jspecify.annotations.Nullable;

/**
 * A model that was just taught.
 *
 * @param base version of the shipped model that it stands on; null where there is none
 * @param file what {@link ModelFile#write} made; null if it is not better than what scored before it
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record NewOwnModel(
        String language,
        String attribute,
        @Nullable String base,
        String version,
        byte @Nullable [] file,
        OwnReport report) {}
