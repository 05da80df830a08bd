/** JSONata as Step Functions has it: the library's expressions with AWS's functions, mended where it differs from the reference. Knows nothing
 * of states. */
@NullMarked
package io.thermolake.asl.internal.jsonata;

import org.jspecify.annotations.NullMarked;
