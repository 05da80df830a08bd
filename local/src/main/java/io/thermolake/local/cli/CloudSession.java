package io.thermolake.local.cli;

import io.thermolake.local.cloud.Cloud;
import io.thermolake.local.cloud.CloudOptions;
import io.thermolake.local.door.FolderKey;
import io.thermolake.local.stack.Stack;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** A command's way to the cloud of a data folder: to the one that runs there, or to one that it starts for itself. */
final class CloudSession implements AutoCloseable {
    /** A process runs one command. */
    private static volatile @Nullable CloudSession joined;

    private final @Nullable Cloud own;
    private final URI endpoint;
    private final FolderKey key;
    private final Control control;
    private final Map<?, ?> status;
    private final List<AutoCloseable> kept;

    private CloudSession(@Nullable Cloud own, URI endpoint, FolderKey key, Map<?, ?> status, List<AutoCloseable> kept) {
        this.own = own;
        this.endpoint = endpoint;
        this.key = key;
        this.control = new Control(endpoint, key);
        this.status = status;
        this.kept = kept;
    }

    /** @throws CommandException when the folder's cloud cannot be reached */
    static CloudSession open(CloudOptions options) {
        return new CloudEntry(options, CloudEntry.Waiting.usual()).open();
    }

    static CloudSession own(Cloud cloud) {
        Map<?, ?> status = CloudEntry.statusOf(cloud.endpoint(), cloud.key());
        return new CloudSession(cloud, cloud.endpoint(), cloud.key(), status, List.of());
    }

    /** @param kept is closed with the session */
    static CloudSession guest(URI endpoint, FolderKey key, Map<?, ?> status, List<AutoCloseable> kept) {
        CloudSession session = new CloudSession(null, endpoint, key, status, kept);
        joined = session;
        return session;
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

    static void close(AutoCloseable kept) {
        try {
            kept.close();
        } catch (Exception e) {
            System.err.println("closing failed: " + e);
        }
    }
}
