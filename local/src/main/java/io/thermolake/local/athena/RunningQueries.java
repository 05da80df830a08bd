package io.thermolake.local.athena;

import io.thermolake.local.aws.Threads;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The queries that run, each with its end. DuckDB forgets a cancellation that comes before its statement has begun: so again. */
final class RunningQueries implements AutoCloseable {
    private static final long TICK_MILLIS = 100;

    private static final class Running {
        private final Instant deadline;
        private volatile @Nullable Statement statement;
        private volatile boolean ended;

        Running(Instant deadline) {
            this.deadline = deadline;
        }

        void cancel() {
            Statement now = statement;
            if (ended && now != null) {
                try {
                    now.cancel();
                } catch (SQLException e) {
                    // It has just ended by itself.
                }
            }
        }
    }

    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Duration time;
    private final Consumer<String> tooLong;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(r -> {
        Thread thread = new Thread(r, "athena-limits");
        thread.setDaemon(true);
        return thread;
    });

    /** @param tooLong hears the id of a query whose time is over, before it is cancelled */
    RunningQueries(Clock clock, Duration time, Consumer<String> tooLong) {
        this.clock = clock;
        this.time = time;
        this.tooLong = tooLong;
        ticker.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void begin(String id) {
        running.put(id, new Running(clock.instant().plus(time)));
    }

    void statement(String id, Statement statement) {
        Running now = running.get(id);
        if (now != null) {
            now.statement = statement;
            now.cancel();
        }
    }

    void over(String id) {
        running.remove(id);
    }

    /** Ends its statement, and one that it begins later. */
    void stop(String id) {
        Running now = running.get(id);
        if (now != null) {
            now.ended = true;
            now.cancel();
        }
    }

    private void tick() {
        running.forEach((id, now) -> {
            if (!now.ended && clock.instant().isAfter(now.deadline)) {
                now.ended = true;
                tooLong.accept(id);
            }
            now.cancel();
        });
    }

    @Override
    public void close() {
        running.keySet().forEach(this::stop);
        Threads.end(ticker);
    }
}
