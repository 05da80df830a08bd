/** Writes the lists that the room job reads. */
@NullMarked
package io.thermolake.ingest.store;

import org.jspecify.annotations.NullMarked;
