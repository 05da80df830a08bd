package io.thermolake.local.cli;

import io.thermolake.local.cloud.Cloud;
import io.thermolake.local.cloud.CloudFolder;
import io.thermolake.local.cloud.CloudOptions;
import io.thermolake.local.cloud.FolderBusyException;
import io.thermolake.local.door.FolderKey;
import io.thermolake.local.door.KeyFile;
import io.thermolake.local.stack.Stack;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** A command's way to the cloud of a data folder: to the one that runs there, or to one that it starts for itself. */
final class CloudSession implements AutoCloseable {
    private final @Nullable Cloud own;
    private final URI endpoint;
    private final FolderKey key;
    private final Control control;
    private final Map<?, ?> status;

    private CloudSession(@Nullable Cloud own, URI endpoint, FolderKey key) {
        this.own = own;
        this.endpoint = endpoint;
        this.key = key;
        this.control = new Control(endpoint, key);
        this.status = control.call("Status", Map.of());
    }

    /** @throws CommandException when the folder's cloud cannot be reached */
    static CloudSession open(CloudOptions options) {
        try {
            Cloud cloud = Cloud.start(options);
            return new CloudSession(cloud, cloud.endpoint(), cloud.key());
        } catch (FolderBusyException e) {
            if (!options.parameters().isEmpty()) {
                throw new CommandException(e.getMessage()
                        + ", and its stack has its parameters already; end it, or leave --parameter out");
            }
            if (options.database().url() != null) {
                throw new CommandException(e.getMessage()
                        + ", and it has its database already; end it, or give --database-url to ./thermolake cloud");
            }
            CloudFolder.Running running = new CloudFolder(options.data())
                    .announced()
                    .orElseThrow(() -> new CommandException(
                            e.getMessage() + ", which is starting or ending; try again in a moment"));
            return new CloudSession(null, URI.create(running.endpoint()), key(options));
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

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
