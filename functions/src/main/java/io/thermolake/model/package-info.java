/** A room's model: its card, its recipe, its version, and what an account may not do yet. */
@NullMarked
package io.thermolake.model;

import org.jspecify.annotations.NullMarked;
