/** The Spark jobs. Alone sees Spark; uses what Glue has, the JDK and our own pure classes. */
@NullMarked
package io.thermolake.extract;

import org.jspecify.annotations.NullMarked;
