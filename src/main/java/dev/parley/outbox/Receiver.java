package dev.parley.outbox;

/** Takes what leaves. A bean of this type is found by the relay. */
public interface Receiver {

    /** Whether events of this type are for this receiver; must always answer alike. */
    boolean wants(String type);

    /**
     * Takes one event, at least once, in the order of the versions of its subject; events of different subjects come in
     * any order. Called inside the tenant's walls, in the transaction that marks the event as delivered: what is
     * written here stands or falls with that. So it must be quick; what calls other machines writes down what to send
     * and sends it later.
     *
     * @throws RuntimeException if it could not be taken: it comes again, a few times
     */
    void receive(Delivery delivery);
}
