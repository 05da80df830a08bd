package io.thermolake.fake;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Lets several actors run at once, one call of a service at a time, in an order that a seed decides. A call can also be the
 * last one that an actor makes: it is killed just before it.
 */
public final class Turns {
    /** An actor's end where nothing is caught and nothing is cleaned up. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /**
     * How probable it is that an actor's urgency changes after a call. Actors differ in urgency, since by the toss of a coin
     * alone none would ever stand still while others do a lot.
     */
    private static final double CHANGE = 0.1;

    private final Random random;
    private final Map<String, Double> urgencies = new HashMap<>();
    private final double killing;
    private final TreeMap<String, Semaphore> waiting = new TreeMap<>();
    private final List<Throwable> failed = new ArrayList<>();
    private int moving;
    private long calls;

    /** @param killing how probable it is that an actor is killed before a call, 0 to 1 */
    public Turns(long seed, double killing) {
        this.random = new Random(seed);
        this.killing = killing;
    }

    /** How many calls were made. */
    public synchronized long calls() {
        return calls;
    }

    /** Adds an actor; its name orders it among the others. */
    public synchronized void add(String name, Runnable acts) {
        moving++;
        Thread thread = new Thread(
                () -> {
                    try {
                        acts.run();
                    } catch (Killed e) {
                        // As planned.
                    } catch (Throwable e) {
                        fail(e);
                    } finally {
                        rest();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Goes on until nobody has anything to do. */
    public void run() throws Throwable {
        for (Semaphore next = next(); next != null; next = next()) {
            next.release();
        }
        for (Throwable e : failed) {
            throw e;
        }
    }

    /** The same service, whose every call waits for its turn. */
    public <T> T of(Class<T> service, T real) {
        return service.cast(Proxy.newProxyInstance(
                service.getClassLoader(), new Class<?>[] {service}, (proxy, method, arguments) -> {
                    // The interface's default methods end in one that the fake implements.
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(real, arguments);
                    }
                    await();
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** Waits for the actor's turn, as a call does, and is never killed. */
    public void turn() {
        try {
            pause();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void await() throws InterruptedException {
        pause();
        synchronized (this) {
            if (random.nextDouble() < killing) {
                throw new Killed();
            }
        }
    }

    private void pause() throws InterruptedException {
        Semaphore turn = new Semaphore(0);
        synchronized (this) {
            waiting.put(Thread.currentThread().getName(), turn);
            moving--;
            notifyAll();
        }
        turn.acquire();
        synchronized (this) {
            calls++;
        }
    }

    private synchronized @Nullable Semaphore next() throws InterruptedException {
        while (moving > 0) {
            wait();
        }
        if (waiting.isEmpty()) {
            return null;
        }
        String next = "";
        for (String name : waiting.keySet()) {
            if (next.isEmpty() || urgency(name) > urgency(next)) {
                next = name;
            }
        }
        if (random.nextDouble() < CHANGE) {
            urgencies.remove(next);
        }
        moving++;
        return waiting.remove(next);
    }

    private double urgency(String name) {
        return urgencies.computeIfAbsent(name, n -> random.nextDouble());
    }

    private synchronized void rest() {
        moving--;
        notifyAll();
    }

    private synchronized void fail(Throwable e) {
        failed.add(e);
    }
}
