package dev.parley.comment;

import java.io.Serializable;
import java.util.UUID;

/** Key of a {@link Revision} within its tenant. */
record RevisionKey(UUID commentId, int number) implements Serializable {}
