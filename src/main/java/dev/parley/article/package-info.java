/**
 * Articles, with authors and categories: what comments hang from. In: what staff, signatures and readers say of them.
 */
@NullMarked
package dev.parley.article;

import org.jspecify.annotations.NullMarked;
