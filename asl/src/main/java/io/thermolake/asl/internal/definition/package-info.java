/** From a definition's text to its states. What the engine does not know is refused by name, never ignored. */
@NullMarked
package io.thermolake.asl.internal.definition;

import org.jspecify.annotations.NullMarked;
