/** The entry of the program. Features are in the packages below, in the order that docs/architecture.md gives. */
@NullMarked
package dev.parley;

import org.jspecify.annotations.NullMarked;
