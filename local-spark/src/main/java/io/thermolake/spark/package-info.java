/** The worker JVM that runs Glue jobs on the laptop: the job classes themselves, and Glue Studio graphs node by node. */
@NullMarked
package io.thermolake.spark;

import org.jspecify.annotations.NullMarked;
