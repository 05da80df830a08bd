/** Secrets Manager: the secret that opens the database. */
@NullMarked
package io.thermolake.local.secrets;

import org.jspecify.annotations.NullMarked;
