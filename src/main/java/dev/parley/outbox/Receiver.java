package dev.parley.outbox;

import java.util.List;

/** Takes what leaves. A bean of this type is found by the relay. */
public interface Receiver {

    /** Whether events of this type are for this receiver; must always answer alike. */
    boolean wants(String type);

    /**
     * Takes events, each at least once, and those of one subject one call after the other in the order of their
     * versions; events of different subjects come in any order. Called inside the tenant's walls, in the transaction
     * that marks the events as delivered: what is written here stands or falls with that. So it must be quick; what
     * calls other machines writes down what to send and sends it later.
     *
     * @param deliveries one or more, all of types that it wants, no two of one subject
     * @throws RuntimeException if one could not be taken: then each comes again alone, and that one a few times
     */
    void receive(List<Delivery> deliveries);
}
