package io.thermolake.local.cli;

import io.thermolake.local.cloud.Cloud;
import io.thermolake.local.cloud.CloudFolder;
import io.thermolake.local.cloud.CloudOptions;
import io.thermolake.local.cloud.FolderBusyException;
import io.thermolake.local.cloud.Guests;
import io.thermolake.local.cloud.Scratch;
import io.thermolake.local.door.FolderKey;
import io.thermolake.local.door.KeyFile;
import io.thermolake.local.stack.Stack;
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
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** A command's way to the cloud of a data folder: to the one that runs there, or to one that it starts for itself. */
final class CloudSession implements AutoCloseable {
    /** How a command waits for another one's cloud. */
    record Waiting(Duration most, Runnable pause, Consumer<String> told) {
        static Waiting usual() {
            return new Waiting(Duration.ofMinutes(2), CloudSession::pause, System.err::println);
        }
    }

    private static final Duration ANSWER = Duration.ofSeconds(10);
    /** A process runs one command. */
    private static volatile @Nullable CloudSession joined;

    private final @Nullable Cloud own;
    private final URI endpoint;
    private final FolderKey key;
    private final Control control;
    private final Map<?, ?> status;
    private final List<AutoCloseable> kept;

    private CloudSession(
            @Nullable Cloud own, URI endpoint, FolderKey key, Map<?, ?> status, List<AutoCloseable> kept) {
        this.own = own;
        this.endpoint = endpoint;
        this.key = key;
        this.control = new Control(endpoint, key);
        this.status = status;
        this.kept = kept;
    }

    /** @throws CommandException when the folder's cloud cannot be reached */
    static CloudSession open(CloudOptions options) {
        return open(options, Waiting.usual());
    }

    /**
     * Starts a cloud, or goes to the one that is there. While that one is starting or ending, this waits: until it answers,
     * or until the folder is free.
     */
    static CloudSession open(CloudOptions options, Waiting waiting) {
        long begun = System.nanoTime();
        boolean told = false;
        while (true) {
            try {
                Cloud cloud = Cloud.start(options);
                Map<?, ?> status = new Control(cloud.endpoint(), cloud.key()).call("Status", Map.of());
                return new CloudSession(cloud, cloud.endpoint(), cloud.key(), status, List.of());
            } catch (FolderBusyException e) {
                Optional<CloudSession> guest = join(options, e);
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
    private static Optional<CloudSession> join(CloudOptions options, FolderBusyException busy) {
        Optional<AutoCloseable> share = Guests.enter(options.data());
        if (share.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<CloudFolder.Running> running = new CloudFolder(options.data()).announced();
            if (running.isEmpty()) {
                return Optional.empty();
            }
            FolderKey key = key(options);
            Optional<Map<?, ?>> status = status(running.get(), key);
            if (status.isEmpty()) {
                return Optional.empty();
            }
            if (!options.parameters().isEmpty()) {
                throw new CommandException(busy.getMessage()
                        + ", and its stack has its parameters already; end it, or leave --parameter out");
            }
            if (options.database().url() != null) {
                throw new CommandException(busy.getMessage()
                        + ", and it has its database already; end it, or give --database-url to ./thermolake cloud");
            }
            CloudSession session = new CloudSession(
                    null,
                    URI.create(running.get().endpoint()),
                    key,
                    status.get(),
                    List.of(share.get(), Scratch.open(options.data())));
            joined = session;
            return Optional.of(session);
        } finally {
            if (joined == null) {
                close(share.get());
            }
        }
    }

    /** What the announced cloud says of itself; nothing when another process has its port by now. */
    private static Optional<Map<?, ?>> status(CloudFolder.Running running, FolderKey key) {
        CompletableFuture<Map<?, ?>> asked = CompletableFuture.supplyAsync(
                () -> new Control(URI.create(running.endpoint()), key).call("Status", Map.of()));
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
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("waiting for the cloud was interrupted", e);
        }
    }

    /** Why this process's command failed, when the reason is that the cloud of another command ended under it. */
    static Optional<String> lost() {
        return Optional.ofNullable(joined)
                .filter(session -> !session.answers())
                .map(session -> "The laptop cloud at " + session.endpoint
                        + ", which another command had started, ended while this one used it; start this one again");
    }

    private boolean answers() {
        try {
            control.call("Status", Map.of());
            return true;
        } catch (CommandException e) {
            return false;
        }
    }

    private static FolderKey key(CloudOptions options) {
        try {
            return new KeyFile(options.data()).read();
        } catch (IllegalStateException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }

    /** That the cloud's requests are signed with. */
    FolderKey key() {
        return key;
    }

    /** Whether this command started the cloud, and will end it. */
    boolean isOwn() {
        return own != null;
    }

    URI endpoint() {
        return endpoint;
    }

    Control control() {
        return control;
    }

    /** A fact of the stack: bucket, folder, workgroup, database, or a machine's or stream's logical id. */
    String fact(String name) {
        Object value = status.get(name);
        if (value == null) {
            throw new CommandException("The stack has no " + name);
        }
        return value.toString();
    }

    /** A client of the cloud, as any program outside would make it. */
    <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.of(Stack.REGION))
                .credentialsProvider(key.provider())
                .build();
    }

    /** Ends the command's use of the cloud; its own cloud when no other command uses it any more. */
    @Override
    public void close() {
        if (own != null) {
            own.awaitGuests(() -> System.err.println(
                    "Other commands use this one's laptop cloud; it ends after them (Ctrl-C ends it now)"));
        }
        end();
    }

    /** Ends it now, whoever uses it. */
    void end() {
        if (own != null) {
            own.close();
        }
        kept.forEach(CloudSession::close);
    }

    private static void close(AutoCloseable kept) {
        try {
            kept.close();
        } catch (Exception e) {
            System.err.println("closing failed: " + e);
        }
    }
}
