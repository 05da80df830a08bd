package io.thermolake.local.iot;

import com.google.gson.JsonElement;
import org.jspecify.annotations.Nullable;

/** A value computed from a message. */
@FunctionalInterface
interface IotExpression {
    /** @return null for IoT SQL's Undefined */
    @Nullable
    JsonElement of(Message message);
}
