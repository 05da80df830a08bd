/** Scores what the model in use has not scored yet, and tells a room's alarms from its anomalies. */
@NullMarked
package io.thermolake.score;

import org.jspecify.annotations.NullMarked;
