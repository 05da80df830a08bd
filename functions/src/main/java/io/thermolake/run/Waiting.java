package io.thermolake.run;

import io.thermolake.PipelineException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What a Check function does with what is still under way: it is asked again until its deadline, and ended at it. */
public final class Waiting {
    private final Clock clock;

    public Waiting(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param handles what is under way; at its deadline, to the instant, it is late
     * @param stop ends all of it, once, before it is told
     * @param late what is told of the first that is late: what was waited for, until when, and what to do
     * @return to ask again
     * @throws PipelineException that {@code late} makes
     */
    public Progress goesOn(List<Handle> handles, Runnable stop, Function<Handle, PipelineException> late) {
        Instant now = clock.instant();
        for (Handle handle : handles) {
            if (!now.isBefore(handle.deadline())) {
                stop.run();
                throw late.apply(handle);
            }
        }
        return Progress.running(handles);
    }
}
