/**
 * What an engine for the Amazon States Language and its users share: who does a task's work, what time it is, who hears of
 * an execution, and how it ended. It knows no service of AWS: resources are handlers found by ARN. Definitions, engines and
 * single states are in the packages {@code engine} and {@code teststate}, the test kit in {@code testing}. What is below
 * {@code internal} may change with any version.
 */
@NullMarked
package io.thermolake.asl;

import org.jspecify.annotations.NullMarked;
