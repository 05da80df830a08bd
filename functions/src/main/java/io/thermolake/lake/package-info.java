/** The lake's words: where things lie, what is committed, who holds the lock. Pure; S3 is in {@code lake.store}. */
@NullMarked
package io.thermolake.lake;

import org.jspecify.annotations.NullMarked;
