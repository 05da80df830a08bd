package io.thermolake.local.iot;

import com.google.gson.JsonElement;
import org.jspecify.annotations.Nullable;

/** A value computed from a message. */
@FunctionalInterface
interface Expression {
    /**
     * @return null for IoT SQL's Undefined
     * @throws PayloadException when it needs a JSON payload and there is none
     */
    @Nullable
    JsonElement of(Message message);
}
