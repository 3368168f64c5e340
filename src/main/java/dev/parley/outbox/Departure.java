package dev.parley.outbox;

import java.util.UUID;

/** Something that happened and may leave: a past-tense record without personal data. */
public interface Departure {

    /** What it happened to; events of one subject leave in the order of their versions. */
    UUID subject();

    /** Version of the subject that this event made. */
    long version();
}
