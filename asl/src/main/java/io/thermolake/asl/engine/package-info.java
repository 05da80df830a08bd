/** Definitions, checked and compiled, and the engine that runs them. */
@NullMarked
package io.thermolake.asl.engine;

import org.jspecify.annotations.NullMarked;
