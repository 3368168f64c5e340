package dev.parley.policy;

/** Fired when a policy was changed; observers after the commit drop what they remember. */
record PolicyChanged(String tenant) {}
