package io.thermolake.asl.internal.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The steps of one execution: in order, never two at once, on whichever thread the executor has. Safe for any thread. */
final class Lane {
    /** Small: few executions have more than one step that waits, and there are many executions. */
    private final Queue<Runnable> steps = new ArrayDeque<>(2);

    private final Executor executor;
    private final Consumer<Throwable> failed;
    private boolean busy;

    /** @param failed hears, as part of the lane, of what a step throws; the steps after it are run nevertheless */
    Lane(Executor executor, Consumer<Throwable> failed) {
        this.executor = executor;
        this.failed = failed;
    }

    void add(Runnable step) {
        synchronized (steps) {
            steps.add(step);
            if (busy) {
                return;
            }
            busy = true;
        }
        executor.execute(this::drain);
    }

    private void drain() {
        while (true) {
            Runnable next;
            synchronized (steps) {
                next = steps.poll();
                if (next == null) {
                    busy = false;
                    return;
                }
            }
            try {
                next.run();
            } catch (RuntimeException | Error e) {
                failed.accept(e);
            }
        }
    }
}
