package io.thermolake.asl.internal.value;

import io.thermolake.asl.Json;

/** AWS's limit of a state's input, output and result. */
public final class PayloadLimit {
    /** The most bytes of UTF-8 that a payload may have. */
    public static final int BYTES = 262_144;

    private PayloadLimit() {}

    public static boolean isExceededBy(String json) {
        return Json.bytes(json) > BYTES;
    }

    /** @param what a state's name or a task's resource */
    public static StatesError byResultOf(String what) {
        return StatesError.given(
                StatesError.DATA_LIMIT,
                "The state/task '" + what
                        + "' returned a result with a size exceeding the maximum number of bytes service limit.");
    }

    /** "When, after Parameters processing, the input of a state is larger than the payload size quota." */
    public static StatesError byArgumentsOf(String state) {
        return StatesError.given(
                StatesError.DATA_LIMIT,
                "The arguments of the state '" + state
                        + "' are larger than the maximum number of bytes service limit.");
    }
}
