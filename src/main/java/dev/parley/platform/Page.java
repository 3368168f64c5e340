package dev.parley.platform;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param cursor asks for the next page; null on the last one
 */
public record Page<T>(List<T> items, @Nullable String cursor) {}
