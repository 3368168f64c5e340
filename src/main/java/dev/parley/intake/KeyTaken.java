package dev.parley.intake;

/** An idempotency key was taken by another request meanwhile: the transaction that wanted it must not stand. */
final class KeyTaken extends RuntimeException {

    private static final long serialVersionUID = 1;

    KeyTaken(Throwable cause) {
        super("The key was taken by another request", cause, false, false);
    }
}
