/** A field's value, compiled once and evaluated against what its state sees at that moment, in either query language. */
@NullMarked
package io.thermolake.asl.internal.value;

import org.jspecify.annotations.NullMarked;
