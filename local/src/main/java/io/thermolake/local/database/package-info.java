/** The external database on the laptop, and the secret that opens it. */
@NullMarked
package io.thermolake.local.database;

import org.jspecify.annotations.NullMarked;
