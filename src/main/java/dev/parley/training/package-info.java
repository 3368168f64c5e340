/** Commands that train and evaluate the models from labelled comments. */
@NullMarked
package dev.parley.training;

import org.jspecify.annotations.NullMarked;
