/** STS: who is asking. */
@NullMarked
package io.thermolake.local.sts;

import org.jspecify.annotations.NullMarked;
