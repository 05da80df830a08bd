/** Athena on DuckDB. */
@NullMarked
package io.thermolake.local.athena;

import org.jspecify.annotations.NullMarked;
