/** The domain: a reading, a raw file, and what is wrong with a record. Pure, shared with the Spark jobs. */
@NullMarked
package io.thermolake.reading;

import org.jspecify.annotations.NullMarked;
