/** What JSON and both query languages stand on: hashes, how a number is written, a member that is not written. */
@NullMarked
package io.thermolake.asl.internal.base;

import org.jspecify.annotations.NullMarked;
