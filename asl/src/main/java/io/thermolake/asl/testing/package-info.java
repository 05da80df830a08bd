/**
 * State machines in tests: mocked tasks, virtual time, one state on its own, coverage, traces, pictures, and a JUnit
 * extension.
 */
@NullMarked
package io.thermolake.asl.testing;

import org.jspecify.annotations.NullMarked;
