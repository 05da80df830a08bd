package io.thermolake.local.door;

import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * How much is held of bodies that strangers may have sent: boto3 signs those of most services without telling their hash, so
 * the signature is known when the body is there. When it is too much, the largest gives way.
 */
final class Unproven {
    private final long mostBytes;
    private final Map<Runnable, Long> held = new IdentityHashMap<>();
    private long total;

    Unproven(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** @param giveUp what ends the reading; one object a body */
    void add(Runnable giveUp, long bytes) {
        Runnable victim = null;
        synchronized (this) {
            held.merge(giveUp, bytes, Long::sum);
            total += bytes;
            if (total > mostBytes) {
                victim = held.entrySet().stream()
                        .max(Comparator.comparingLong(Map.Entry::getValue))
                        .map(Map.Entry::getKey)
                        .orElse(null);
            }
        }
        if (victim != null) {
            remove(victim);
            victim.run();
        }
    }

    synchronized void remove(Runnable giveUp) {
        Long bytes = held.remove(giveUp);
        total -= bytes == null ? 0 : bytes;
    }
}
