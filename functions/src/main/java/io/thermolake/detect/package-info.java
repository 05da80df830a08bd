/** Tells what is not as it was: from a series' values, in the order of time and without a look ahead, to alarms. Pure. */
@NullMarked
package io.thermolake.detect;

import org.jspecify.annotations.NullMarked;
