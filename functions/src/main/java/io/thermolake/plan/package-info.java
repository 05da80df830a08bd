/** Decides, once at a run's start, what the run does and why. */
@NullMarked
package io.thermolake.plan;

import org.jspecify.annotations.NullMarked;
