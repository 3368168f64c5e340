package dev.parley.delivery;

/** Why an attempt came to nothing. A code: neither the receiver's words nor the names of machines are kept. */
public enum WebhookFailure {
    /** The name leads nowhere, or to an address that is not called. */
    NO_ADDRESS,
    /** No connection. */
    CONNECTION,
    /** No TLS, or a certificate that is not the receiver's. */
    TLS,
    /** No answer in time. */
    TIMEOUT,
    /** No HTTP answer, or one that breaks off. */
    BROKEN,
    /** An answer that is no 2xx. */
    STATUS
}
