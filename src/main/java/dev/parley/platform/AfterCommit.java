package dev.parley.platform;

import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** Runs what may be lost once a transaction has been committed: wake a job, drop a cache. */
@Singleton
public class AfterCommit {

    private final TransactionSynchronizationRegistry transaction;

    AfterCommit(TransactionSynchronizationRegistry transaction) {
        this.transaction = transaction;
    }

    /**
     * Runs the work after the current transaction's commit; never after a rollback. Fails without a transaction.
     *
     * @param once equal values ask for the same work: it is run once per transaction
     */
    public void run(Object once, Runnable work) {
        if (transaction.getResource(once) != null) {
            return;
        }
        transaction.putResource(once, work);
        transaction.registerInterposedSynchronization(
                new Synchronization() {
                    @Override
                    public void beforeCompletion() {
                        // Nothing to do before.
                    }

                    @Override
                    public void afterCompletion(int status) {
                        if (status == Status.STATUS_COMMITTED) {
                            work.run();
                        }
                    }
                });
    }
}
