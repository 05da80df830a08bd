/** A month of five rooms for a first run, the same on every machine, and a source of live readings. */
@NullMarked
package io.thermolake.local.sample;

import org.jspecify.annotations.NullMarked;
