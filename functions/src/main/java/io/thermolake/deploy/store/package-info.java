/** The report's queries and views in Athena. */
@NullMarked
package io.thermolake.deploy.store;

import org.jspecify.annotations.NullMarked;
