package io.thermolake.asl;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Wall-clock time, with Wait and Retry intervals multiplied by a factor: one thread for all waiting states. */
public final class RealTimer implements Timer, AutoCloseable {
    private final Clock clock;
    private final double scale;
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, r -> {
        Thread thread = new Thread(r, "asl-timer");
        thread.setDaemon(true);
        return thread;
    });

    /** @param scale 1 is real time, 0.05 waits a twentieth; timeouts are never scaled */
    public RealTimer(Clock clock, double scale) {
        if (!(scale >= 0)) {
            throw new IllegalArgumentException("The scale of waiting must be >= 0 but is " + scale);
        }
        // Otherwise a timeout of a day keeps its execution for a day, though it was over in a second.
        scheduler.setRemoveOnCancelPolicy(true);
        this.clock = clock;
        this.scale = scale;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public Runnable schedule(Duration delay, Purpose purpose, Runnable action) {
        double factor = purpose == Purpose.TIMEOUT ? 1 : scale;
        Future<?> future =
                scheduler.schedule(action, (long) Math.ceil(delay.toMillis() * factor), TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
