/** Glue: the catalog, crawlers, job runs. */
@NullMarked
package io.thermolake.local.glue;

import org.jspecify.annotations.NullMarked;
