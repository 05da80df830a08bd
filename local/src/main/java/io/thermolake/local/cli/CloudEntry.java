package io.thermolake.local.cli;

import io.thermolake.local.aws.CloudFolder;
import io.thermolake.local.aws.Scratch;
import io.thermolake.local.cloud.Cloud;
import io.thermolake.local.cloud.CloudOptions;
import io.thermolake.local.cloud.FolderBusyException;
import io.thermolake.local.cloud.Guests;
import io.thermolake.local.door.FolderKey;
import io.thermolake.local.door.KeyFile;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * How a command comes to a cloud: it starts one, or goes to the one that is there. While that one is starting or ending, it
 * waits, until it answers or the folder is free.
 */
record CloudEntry(CloudOptions options, Waiting waiting) {
    /**
     * How to wait.
     *
     * @param pause between two looks
     * @param told hears once what is waited for
     */
    record Waiting(Duration most, Runnable pause, Consumer<String> told) {
        static Waiting usual() {
            return new Waiting(Duration.ofMinutes(2), CloudEntry::pause, System.err::println);
        }
    }

    private static final int POLL_MILLIS = 200;
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** @throws CommandException when the folder's cloud cannot be reached */
    CloudSession open() {
        long begun = System.nanoTime();
        boolean told = false;
        while (true) {
            try {
                return CloudSession.own(Cloud.start(options));
            } catch (FolderBusyException e) {
                Optional<CloudSession> guest = join(e);
                if (guest.isPresent()) {
                    return guest.get();
                }
                if (System.nanoTime() - begun > waiting.most().toNanos()) {
                    throw new CommandException(e.getMessage() + ", which has not answered for "
                            + waiting.most().toSeconds() + " s; end that process, then start this command again");
                }
                if (!told) {
                    waiting.told().accept(e.getMessage() + ", which is starting or ending; waiting for it ...");
                    told = true;
                }
                waiting.pause().run();
            }
        }
    }

    /** @return empty when no cloud of the folder answers now */
    private Optional<CloudSession> join(FolderBusyException busy) {
        Optional<AutoCloseable> share = Guests.enter(options.data());
        Optional<CloudSession> session = Optional.empty();
        try {
            // With a share the announced cloud does not end before this command has.
            Optional<CloudFolder.Running> running = share.flatMap(s -> new CloudFolder(options.data()).announced());
            // A folder without a key has no cloud that could answer: the announcement is a killed one's.
            Optional<FolderKey> key = running.flatMap(announced -> new KeyFile(options.data()).there());
            Optional<Map<?, ?>> status = key.flatMap(k -> status(running.orElseThrow(), k));
            if (share.isPresent() && status.isPresent()) {
                refuseOptionsOfTheOwner(busy);
                session = Optional.of(CloudSession.guest(
                        URI.create(running.orElseThrow().endpoint()),
                        key.orElseThrow(),
                        status.get(),
                        List.of(share.get(), Scratch.open(options.data()))));
            }
            return session;
        } finally {
            if (session.isEmpty()) {
                share.ifPresent(CloudSession::close);
            }
        }
    }

    private void refuseOptionsOfTheOwner(FolderBusyException busy) {
        if (!options.parameters().isEmpty()) {
            throw new CommandException(
                    busy.getMessage() + ", and its stack has its parameters already; end it, or leave --parameter out");
        }
        if (options.database().url() != null) {
            throw new CommandException(busy.getMessage()
                    + ", and it has its database already; end it, or give --database-url to ./thermolake cloud");
        }
    }

    static Map<?, ?> statusOf(URI endpoint, FolderKey key) {
        return new Control(endpoint, key).call("Status", Map.of());
    }

    /** What the announced cloud says of itself; nothing when another process has its port by now. */
    private static Optional<Map<?, ?>> status(CloudFolder.Running running, FolderKey key) {
        CompletableFuture<Map<?, ?>> asked =
                CompletableFuture.supplyAsync(() -> statusOf(URI.create(running.endpoint()), key));
        try {
            Map<?, ?> status = asked.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            return status.get("pid") instanceof Number pid && pid.longValue() == running.pid()
                    ? Optional.of(status)
                    : Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("asking the cloud at " + running.endpoint() + " was interrupted", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("waiting for the cloud was interrupted", e);
        }
    }
}
