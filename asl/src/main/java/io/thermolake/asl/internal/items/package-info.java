/** What a distributed Map reads, puts into batches, and writes. */
@NullMarked
package io.thermolake.asl.internal.items;

import org.jspecify.annotations.NullMarked;
