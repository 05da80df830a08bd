/** What comes in: crawls that are proven ours, and jobs on a fixed list of objects. */
@NullMarked
package io.thermolake.ingest;

import org.jspecify.annotations.NullMarked;
