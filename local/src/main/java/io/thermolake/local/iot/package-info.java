/** IoT Core on the laptop: an MQTT broker and the template's topic rules. */
@NullMarked
package io.thermolake.local.iot;

import org.jspecify.annotations.NullMarked;
