/** Scores for a text behind one interface, with the model versions that said so. Never sees who wrote. */
@NullMarked
package dev.parley.scoring;

import org.jspecify.annotations.NullMarked;
