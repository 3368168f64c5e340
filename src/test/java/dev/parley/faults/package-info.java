/**
 * What the packaged program does while something around it fails. Long runs of minutes, no part of the tests: their
 * names end in {@code Fault}, and {@code ./parley fault NAME} starts one. {@code docs/faults.md} has what they
 * measured.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.faults;
