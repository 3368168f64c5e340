package dev.parley.delivery;

/** Why a webhook is off. */
public enum WebhookDisabled {
    /** A member of staff switched it off, or saw that it was and left it so. */
    STAFF,
    /** The receiver answered 410. */
    GONE,
    /** Nothing got through for days. */
    FAILING
}
