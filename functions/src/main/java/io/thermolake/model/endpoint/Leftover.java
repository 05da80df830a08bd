package io.thermolake.model.endpoint;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint, a configuration or a model that is there.
 *
 * @param status of an endpoint, as SageMaker spells it
 * @param tags key to value
 */
public record Leftover(Kind kind, String name, @Nullable String status, Map<String, String> tags) {

    /** In the order in which they must go: a configuration that an endpoint still needs may not be deleted before it. */
    public enum Kind {
        ENDPOINT("endpoint"),
        CONFIG("endpoint-config"),
        MODEL("model");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    public Leftover {
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
        tags = Map.copyOf(tags);
    }

    /** Such as {@code endpoint-config/tl-…}. */
    String id() {
        return kind.word + "/" + name;
    }
}
