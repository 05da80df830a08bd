/** EventBridge rules on the status of executions. */
@NullMarked
package io.thermolake.local.events;

import org.jspecify.annotations.NullMarked;
