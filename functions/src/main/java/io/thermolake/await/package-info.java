/** The contract of every Start/Check pair of functions, which {@code await.asl.json} waits on. */
@NullMarked
package io.thermolake.await;

import org.jspecify.annotations.NullMarked;
