/** The end of a run: reconciled and committed, finished, or failed and cleaned up. */
@NullMarked
package io.thermolake.finish;

import org.jspecify.annotations.NullMarked;
