/** The external database on the laptop. */
@NullMarked
package io.thermolake.local.database;

import org.jspecify.annotations.NullMarked;
