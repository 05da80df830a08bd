/** A room's readings and models in S3, and scores from the endpoint: what training and scoring have in common. */
@NullMarked
package io.thermolake.train.store;

import org.jspecify.annotations.NullMarked;
