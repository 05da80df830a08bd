/** A run: what it is asked for, its plan and its steps, what it waits for, and who may be on at once. Pure; S3 is in {@code run.store}. */
@NullMarked
package io.thermolake.run;

import org.jspecify.annotations.NullMarked;
