package dev.parley.delivery;

import dev.parley.privacy.Recipient;

/** The way that a mail takes: SMTP, if no other bean stands in for it. */
public interface Transport {

    /**
     * Hands a mail over, once. Never called in a transaction.
     *
     * @throws NotSent if it was not taken, or nobody knows
     */
    void send(Letter letter, Recipient recipient) throws NotSent;
}
