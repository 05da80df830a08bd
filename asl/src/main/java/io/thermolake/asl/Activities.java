package io.thermolake.asl;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The activities' work that no worker has taken yet, first come first served. Safe for any thread. */
public final class Activities {
    /**
     * What a worker takes: GetActivityTask's answer.
     *
     * @param token to answer with through {@link TaskTokens}
     */
    public record Task(String token, @Nullable Object input) {}

    private record Scheduled(Task task, Consumer<String> started) {}

    private final Map<String, Queue<Scheduled>> scheduled = new HashMap<>();

    synchronized Runnable schedule(String activityArn, Task task, Consumer<String> started) {
        Queue<Scheduled> queue = scheduled.computeIfAbsent(activityArn, arn -> new ArrayDeque<>());
        Scheduled mine = new Scheduled(task, started);
        queue.add(mine);
        return () -> {
            synchronized (this) {
                queue.remove(mine);
                forgetIfEmpty(activityArn);
            }
        };
    }

    private void forgetIfEmpty(String activityArn) {
        Queue<Scheduled> queue = scheduled.get(activityArn);
        if (queue != null && queue.isEmpty()) {
            scheduled.remove(activityArn);
        }
    }

    /** How much work waits, by activity; an activity without any is not in it. */
    public synchronized Map<String, Integer> waiting() {
        Map<String, Integer> waiting = new HashMap<>();
        scheduled.forEach((arn, queue) -> waiting.put(arn, queue.size()));
        return waiting;
    }

    /** Takes the next piece of work, if there is one. @param worker its name, for the history */
    public Optional<Task> poll(String activityArn, String worker) {
        Scheduled next;
        synchronized (this) {
            Queue<Scheduled> queue = scheduled.get(activityArn);
            next = queue == null ? null : queue.poll();
            forgetIfEmpty(activityArn);
        }
        if (next == null) {
            return Optional.empty();
        }
        next.started.accept(worker);
        return Optional.of(next.task);
    }
}
