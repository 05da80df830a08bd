/** The laptop cloud itself: its folder, its one port, its state, its meter. */
@NullMarked
package io.thermolake.local.cloud;

import org.jspecify.annotations.NullMarked;
