package io.thermolake.asl.engine;

import io.thermolake.asl.TaskTokens;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
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

    private record Worker(String name, CompletableFuture<Task> taken) {}

    private final Map<String, Queue<Scheduled>> scheduled = new HashMap<>();
    private final Map<String, Queue<Worker>> idle = new HashMap<>();

    Runnable schedule(String activityArn, Task task, Consumer<String> started) {
        Scheduled mine = new Scheduled(task, started);
        Queue<Scheduled> queue;
        synchronized (this) {
            queue = scheduled.computeIfAbsent(activityArn, arn -> new ArrayDeque<>());
            queue.add(mine);
        }
        serve(activityArn);
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

    /**
     * Takes the next piece of work, now or when there is one. Who waits no longer completes or cancels the future: it then
     * takes nothing.
     *
     * @param worker its name, for the history
     */
    public CompletableFuture<Task> take(String activityArn, String worker) {
        Worker mine = new Worker(worker, new CompletableFuture<>());
        synchronized (this) {
            Queue<Worker> waiting = idle.computeIfAbsent(activityArn, arn -> new ArrayDeque<>());
            waiting.removeIf(other -> other.taken.isDone());
            waiting.add(mine);
        }
        serve(activityArn);
        return mine.taken;
    }

    private void serve(String activityArn) {
        while (true) {
            Scheduled work;
            Worker worker;
            synchronized (this) {
                Queue<Scheduled> queue = scheduled.get(activityArn);
                Queue<Worker> waiting = idle.get(activityArn);
                if (queue == null || waiting == null || queue.isEmpty() || waiting.isEmpty()) {
                    return;
                }
                worker = waiting.remove();
                // Under the lock, so that work which its worker left at this moment goes to the next one.
                if (!worker.taken.complete(queue.element().task)) {
                    continue;
                }
                work = queue.remove();
                forgetIfEmpty(activityArn);
            }
            work.started.accept(worker.name);
        }
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
