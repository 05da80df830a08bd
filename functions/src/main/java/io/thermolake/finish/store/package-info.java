/** Stops what a failed run started, through each service. */
@NullMarked
package io.thermolake.finish.store;

import org.jspecify.annotations.NullMarked;
