/** One state on its own: AWS's TestState. */
@NullMarked
package io.thermolake.asl.teststate;

import org.jspecify.annotations.NullMarked;
