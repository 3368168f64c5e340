package dev.parley.text;

/**
 * A link that a reader would see or could guess.
 *
 * @param host lower case, without user, port or path; as written, so possibly punycode
 * @param start where it begins in the original, in UTF-16 units
 * @param end where it ends, exclusive
 */
public record Link(String host, int start, int end) {}
