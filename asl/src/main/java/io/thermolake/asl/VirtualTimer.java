package io.thermolake.asl;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/**
 * Time that jumps: nothing waits, the next due action runs when {@link #step} is called, in the order of due times and of
 * scheduling. With a direct executor an execution is deterministic, and a year of waiting takes a millisecond.
 */
public final class VirtualTimer implements Timer {
    private record Due(Instant at, long order, Runnable action) {}

    private final PriorityQueue<Due> queue = new PriorityQueue<>((a, b) -> {
        int byTime = a.at.compareTo(b.at);
        return byTime != 0 ? byTime : Long.compare(a.order, b.order);
    });
    private Instant now;
    private long scheduled;

    public VirtualTimer(Instant start) {
        this.now = start;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized Runnable schedule(Duration delay, Purpose purpose, Runnable action) {
        Due due = new Due(now.plus(delay), scheduled++, action);
        queue.add(due);
        return () -> {
            synchronized (this) {
                queue.remove(due);
            }
        };
    }

    /** Runs what is due within a time, in its order, and then is that much later. */
    public void advance(Duration time) {
        Instant until = now().plus(time);
        while (nextIsDueBy(until)) {
            step();
        }
        synchronized (this) {
            now = until;
        }
    }

    private synchronized boolean nextIsDueBy(Instant until) {
        Due next = queue.peek();
        return next != null && !next.at.isAfter(until);
    }

    /**
     * Jumps to the next due action and runs it.
     *
     * @return whether there was one
     */
    public boolean step() {
        Due due;
        synchronized (this) {
            due = queue.poll();
            if (due == null) {
                return false;
            }
            if (due.at.isAfter(now)) {
                now = due.at;
            }
        }
        due.action.run();
        return true;
    }
}
