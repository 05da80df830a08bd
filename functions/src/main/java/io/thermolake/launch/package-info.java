/** Starts the room job on a fixed list of objects, and waits for it. */
@NullMarked
package io.thermolake.launch;

import org.jspecify.annotations.NullMarked;
