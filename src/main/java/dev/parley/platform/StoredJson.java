package dev.parley.platform;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What a column holds, on its way into an answer without being read.
 *
 * @param <T> what {@link Json} made it from
 * @param text the JSON
 */
public record StoredJson<T>(@JsonValue @JsonRawValue String text) {}
