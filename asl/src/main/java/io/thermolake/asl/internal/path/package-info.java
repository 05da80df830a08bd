/** JSONPath as Step Functions reads it: paths, intrinsic functions, and where a result is put. Knows nothing of states. */
@NullMarked
package io.thermolake.asl.internal.path;

import org.jspecify.annotations.NullMarked;
