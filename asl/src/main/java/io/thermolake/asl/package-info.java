/** An engine for the Amazon States Language. It knows no service of AWS: resources are handlers found by ARN. */
@NullMarked
package io.thermolake.asl;

import org.jspecify.annotations.NullMarked;
