/** Asks Athena the named queries of {@code bi/queries} and makes one page of their answers. */
@NullMarked
package io.thermolake.report;

import org.jspecify.annotations.NullMarked;
