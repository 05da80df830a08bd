/** Starts that are asked for, skipped and made good, in S3 and Step Functions. */
@NullMarked
package io.thermolake.plan.store;

import org.jspecify.annotations.NullMarked;
