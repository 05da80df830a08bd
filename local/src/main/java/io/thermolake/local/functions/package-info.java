/** Lambda: functions in forked JVMs, as Lambda runs them. */
@NullMarked
package io.thermolake.local.functions;

import org.jspecify.annotations.NullMarked;
