/** The lake's words: where things lie, and what is committed. Pure; S3 is in {@code lake.store}. */
@NullMarked
package io.thermolake.lake;

import org.jspecify.annotations.NullMarked;
