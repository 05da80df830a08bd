/** What every function shares: its settings, its JSON and the root of its exceptions. */
@NullMarked
package io.thermolake;

import org.jspecify.annotations.NullMarked;
