/** Runs definitions: executions, branches, visits of states, tasks and groups, and the history of it all. */
@NullMarked
package io.thermolake.asl.engine;

import org.jspecify.annotations.NullMarked;
