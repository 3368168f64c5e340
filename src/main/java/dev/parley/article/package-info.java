/** Articles, with authors and categories: what comments hang from. */
@NullMarked
package dev.parley.article;

import org.jspecify.annotations.NullMarked;
