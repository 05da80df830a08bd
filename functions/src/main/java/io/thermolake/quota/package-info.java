/** What an account may not do yet: read from a service's refusal, and told once for a run. */
@NullMarked
package io.thermolake.quota;

import org.jspecify.annotations.NullMarked;
