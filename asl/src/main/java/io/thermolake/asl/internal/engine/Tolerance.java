package io.thermolake.asl.internal.engine;

import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.value.Frame;
import io.thermolake.asl.internal.value.StatesError;

/** How many of a distributed Map's children may fail. */
record Tolerance(long count, double percentage) {
    /** @throws StatesError when a bound is none */
    static Tolerance of(State.Distributed distributed, Frame frame) {
        long count = distributed.toleratedCount().whole(frame);
        if (count < 0) {
            throw StatesError.runtime("ToleratedFailureCount cannot be negative.");
        }
        double percentage = distributed.toleratedPercentage().number(frame);
        if (percentage < 0 || percentage > 100) {
            throw StatesError.runtime("ToleratedFailurePercentage must be between 0 and 100.");
        }
        return new Tolerance(count, percentage);
    }

    /** Either bound may be given; where both are, either one that is passed is too much. */
    boolean isExceeded(int failed, int total) {
        boolean byCount = failed > count;
        boolean byShare = failed * 100.0 > percentage * total;
        if (count > 0 && percentage > 0) {
            return byCount || byShare;
        }
        return percentage > 0 ? byShare : byCount;
    }
}
