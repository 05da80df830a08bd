/**
 * Whether a room gets another model, and whether a trained one is put in use: by faults that are injected into days which it has
 * not learned from, against the model in use on the same days. Pure.
 */
@NullMarked
package io.thermolake.promote;

import org.jspecify.annotations.NullMarked;
