/**
 * Commands that train and evaluate the models from labelled comments, and the labels that a tenant's own people and
 * programs gave.
 */
@NullMarked
package dev.parley.training;

import org.jspecify.annotations.NullMarked;
