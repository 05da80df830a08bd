/** The lake's objects in S3, written conditionally. */
@NullMarked
package io.thermolake.lake.store;

import org.jspecify.annotations.NullMarked;
