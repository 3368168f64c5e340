package dev.parley.scoring;

/** Scores can be had again after a while in which there were none; fired outside of any transaction. */
public record ScoringRecovered() {}
