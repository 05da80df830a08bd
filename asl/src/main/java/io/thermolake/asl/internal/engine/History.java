package io.thermolake.asl.internal.engine;

import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.HistoryEvent;
import io.thermolake.asl.Timer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers an execution's events and tells the listener of them, up to AWS's limit. */
final class History {
    /** AWS's hard limit of events a history, "Quotas for Step Functions": the event that ends the execution is the last. */
    static final int LIMIT = 25_000;

    /** With so many events there is no room for a redrive's own and one more. */
    static final int REDRIVE_LIMIT = LIMIT - 1;

    /** Not an error that a state could catch. */
    static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Full() {
            super("The execution reached the maximum number of history events (" + LIMIT + ").", null, false, false);
        }
    }

    private final ExecutionListener listener;
    private final Timer timer;
    private long lastEventId;

    /** @param lastEventId of the history that a redrive goes on with; 0 for a new one */
    History(ExecutionListener listener, Timer timer, long lastEventId) {
        this.listener = listener;
        this.timer = timer;
        this.lastEventId = lastEventId;
    }

    long lastEventId() {
        return lastEventId;
    }

    /** @return the event's id @throws Full when only the execution's own end has room */
    long append(long previous, String type, String detailsKey, Map<String, @Nullable Object> details) {
        if (lastEventId >= LIMIT - 1 && !type.startsWith("Execution")) {
            throw new Full();
        }
        HistoryEvent event = new HistoryEvent(++lastEventId, previous, timer.now(), type, detailsKey, details);
        listener.event(event);
        return event.id();
    }
}
