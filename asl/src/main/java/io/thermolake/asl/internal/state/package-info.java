/** The states of a definition, compiled: what each of them means, without an execution. */
@NullMarked
package io.thermolake.asl.internal.state;

import org.jspecify.annotations.NullMarked;
