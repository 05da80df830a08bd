package io.thermolake.local.aws;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a service's threads end. */
public final class Threads {
    private static final Logger LOG = LoggerFactory.getLogger(Threads.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Threads() {}

    /**
     * Interrupts the threads and waits until they are through, 5 seconds at most: who removes or opens the data folder after a
     * service was closed must not meet a thread that still writes in it. What takes longer is named in the log and left, a daemon.
     */
    public static void end(ExecutorService threads) {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("threads.left threads={}", threads);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
