/** Alarms: episodes of anomalies, each told once. */
@NullMarked
package io.thermolake.alarm;

import org.jspecify.annotations.NullMarked;
