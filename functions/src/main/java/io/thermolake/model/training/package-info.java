/** Whether a room needs a forest, what it learns from, and the threshold above which a score is an alarm. */
@NullMarked
package io.thermolake.model.training;

import org.jspecify.annotations.NullMarked;
