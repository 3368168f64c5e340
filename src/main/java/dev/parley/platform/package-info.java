/**
 * What every feature stands on and no word of the domain: problem documents, strict JSON, ids, time, paging.
 *
 * <p>In: nothing. Out: records and small services.
 */
@NullMarked
package dev.parley.platform;

import org.jspecify.annotations.NullMarked;
