/** The command line: every command is a client of the laptop cloud, which it starts when there is none. */
@NullMarked
package io.thermolake.local.cli;

import org.jspecify.annotations.NullMarked;
