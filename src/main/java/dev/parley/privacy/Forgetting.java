package dev.parley.privacy;

import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/**
 * A feature's part in erasing a person: what it keeps about them beside their comments, name and address. A bean of
 * this type is found by whoever erases. A feature that keeps such a thing has one.
 */
public interface Forgetting {

    /** Forgets, in the transaction that erases. Locks no comment and no article. */
    @Transactional(TxType.MANDATORY)
    void forget(Erasure erasure);
}
