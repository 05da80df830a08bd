/** What is wrong or doubtful about a definition beyond the shape of its fields: names, transitions, variables, error names. */
@NullMarked
package io.thermolake.asl.internal.check;

import org.jspecify.annotations.NullMarked;
