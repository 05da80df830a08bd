package io.thermolake.asl.internal.engine;

import io.thermolake.asl.Activities;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The queues of an engine's activities: of work, and of workers that wait for some. */
final class ActivityWork implements Activities {
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

    @Override
    public synchronized Map<String, Integer> waiting() {
        Map<String, Integer> waiting = new HashMap<>();
        scheduled.forEach((arn, queue) -> waiting.put(arn, queue.size()));
        return waiting;
    }

    @Override
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

    @Override
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
