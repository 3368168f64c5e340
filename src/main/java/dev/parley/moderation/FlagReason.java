package dev.parley.moderation;

/** Why a reader reports a comment. */
public enum FlagReason {
    SPAM,
    HARASSMENT,
    HATE,
    VIOLENCE,
    OFF_TOPIC,
    ILLEGAL,
    OTHER
}
