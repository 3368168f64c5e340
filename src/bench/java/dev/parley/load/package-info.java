/**
 * The load of a whole Parley (docs/performance.md): the production package, a durable PostgreSQL, and what is measured
 * beside them in the same run. Started by {@code ./parley load}.
 */
@NullMarked
package dev.parley.load;

import org.jspecify.annotations.NullMarked;
