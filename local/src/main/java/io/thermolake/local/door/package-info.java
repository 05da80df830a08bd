/** Who may call the laptop cloud, and how much: hosts and origins, AWS's signatures, and the sizes of bodies. */
@NullMarked
package io.thermolake.local.door;

import org.jspecify.annotations.NullMarked;
