/** Athena's SQL for DuckDB: parsed as Trino, typed as Trino, written as DuckDB; what is not known is refused by its name. */
@NullMarked
package io.thermolake.local.athena.trino;

import org.jspecify.annotations.NullMarked;
