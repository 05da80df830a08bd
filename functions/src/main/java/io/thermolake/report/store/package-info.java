/** What a report is made from, read from Athena and the lake. */
@NullMarked
package io.thermolake.report.store;

import org.jspecify.annotations.NullMarked;
