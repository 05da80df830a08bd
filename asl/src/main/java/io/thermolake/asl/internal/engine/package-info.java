/** What is behind an engine: executions, branches, visits of states, tasks and groups, and the history of it all. */
@NullMarked
package io.thermolake.asl.internal.engine;

import org.jspecify.annotations.NullMarked;
