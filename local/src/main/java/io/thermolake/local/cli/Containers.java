package io.thermolake.local.cli;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How containers reach the laptop cloud.
 *
 * @param listen where it listens beside 127.0.0.1; null: nowhere
 * @param host what containers call; null: nothing was asked for containers
 */
record Containers(@Nullable String listen, @Nullable String host) {
    static final Containers NONE = new Containers(null, null);

    /** The cloud's address as containers see it. */
    @Nullable
    URI endpoint(URI cloud) {
        return host == null ? null : URI.create("http://" + host + ":" + cloud.getPort());
    }
}
