/** Holds the published lake against itself, and takes its digest. */
@NullMarked
package io.thermolake.local.verify;

import org.jspecify.annotations.NullMarked;
