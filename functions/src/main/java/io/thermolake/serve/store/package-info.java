/** What the account hosts, and the runs that made it. */
@NullMarked
package io.thermolake.serve.store;

import org.jspecify.annotations.NullMarked;
