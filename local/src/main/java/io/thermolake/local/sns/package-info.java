/** SNS: what is published, and who hears of it. */
@NullMarked
package io.thermolake.local.sns;

import org.jspecify.annotations.NullMarked;
