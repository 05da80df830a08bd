/** A room's readings and models in S3, scores from the endpoint, and what the account hosts. */
@NullMarked
package io.thermolake.model.store;

import org.jspecify.annotations.NullMarked;
