package dev.parley.intake;

import jakarta.validation.constraints.NotNull;

/** Asks for comments to be scored again. */
public record RescoringRequest(@NotNull RescoringScope scope) {}
