package io.thermolake.asl;

/** AWS's limit of a state's input, output and result. */
final class PayloadLimit {
    /** Of UTF-8. */
    static final int BYTES = 262_144;

    private PayloadLimit() {}

    static boolean isExceededBy(String json) {
        return Json.bytes(json) > BYTES;
    }

    /** @param what a state's name or a task's resource */
    static StatesError byResultOf(String what) {
        return StatesError.given(
                StatesError.DATA_LIMIT,
                "The state/task '" + what
                        + "' returned a result with a size exceeding the maximum number of bytes service limit.");
    }

    /** "When, after Parameters processing, the input of a state is larger than the payload size quota." */
    static StatesError byArgumentsOf(String state) {
        return StatesError.given(
                StatesError.DATA_LIMIT,
                "The arguments of the state '" + state
                        + "' are larger than the maximum number of bytes service limit.");
    }
}
