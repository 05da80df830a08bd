/** Writes the lists that the room job reads. */
@NullMarked
package io.thermolake.launch.store;

import org.jspecify.annotations.NullMarked;
