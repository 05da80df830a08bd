/** Child JVMs: how they are started, how they end with their parent, and how they leave an archive of their classes. */
@NullMarked
package io.thermolake.local.child;

import org.jspecify.annotations.NullMarked;
