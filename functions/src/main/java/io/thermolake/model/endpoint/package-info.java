/** The multi-model endpoint of a run: up before its rooms are scored, down after, whatever became of them. */
@NullMarked
package io.thermolake.model.endpoint;

import org.jspecify.annotations.NullMarked;
