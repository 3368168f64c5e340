/** The mails of a standalone run, on a page of this machine instead of the way to somebody. */
@NullMarked
package dev.parley.standalone.mailbox;

import org.jspecify.annotations.NullMarked;
