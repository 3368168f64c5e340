/** The human half: the queue, readers' reports, moderators' decisions, sanctions, audited reveals. */
@NullMarked
package dev.parley.moderation;

import org.jspecify.annotations.NullMarked;
