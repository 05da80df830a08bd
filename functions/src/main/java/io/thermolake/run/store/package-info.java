/** Locks, slots and handles of runs, in S3 and Step Functions. */
@NullMarked
package io.thermolake.run.store;

import org.jspecify.annotations.NullMarked;
