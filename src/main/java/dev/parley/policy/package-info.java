/** A tenant's thresholds and rules: from scores and signals to a {@link dev.parley.policy.Decision}. */
@NullMarked
package dev.parley.policy;

import org.jspecify.annotations.NullMarked;
