/** What the laptop cloud knows of the stack: read from the template and its nested stacks, and from nothing else. */
@NullMarked
package io.thermolake.local.stack;

import org.jspecify.annotations.NullMarked;
