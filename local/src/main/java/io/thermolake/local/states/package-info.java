/** Step Functions on the engine of module asl. */
@NullMarked
package io.thermolake.local.states;

import org.jspecify.annotations.NullMarked;
