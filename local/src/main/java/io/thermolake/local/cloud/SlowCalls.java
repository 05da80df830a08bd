package io.thermolake.local.cloud;

import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * The calls that wait for something else, and hold a thread meanwhile: long polls, synchronous executions, invocations. They
 * may not hold all threads, for what they wait for is often told by another call.
 */
final class SlowCalls {
    private static final Set<String> TARGETS =
            Set.of("AWSStepFunctions.GetActivityTask", "AWSStepFunctions.StartSyncExecution");

    private final Semaphore places;

    SlowCalls(int most) {
        places = new Semaphore(most);
    }

    static boolean isSlow(String target) {
        return TARGETS.contains(target);
    }

    /** @return false when all places are taken; else {@link #leave} must follow */
    boolean enter() {
        return places.tryAcquire();
    }

    void leave() {
        places.release();
    }
}
