/** Scores what the model in use has not scored yet. */
@NullMarked
package io.thermolake.score;

import org.jspecify.annotations.NullMarked;
