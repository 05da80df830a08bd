/** What the same work would have cost on AWS. */
@NullMarked
package io.thermolake.local.cost;

import org.jspecify.annotations.NullMarked;
