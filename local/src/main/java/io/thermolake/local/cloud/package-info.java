/** The laptop cloud itself: its one port, and how its services are put together. */
@NullMarked
package io.thermolake.local.cloud;

import org.jspecify.annotations.NullMarked;
