package io.thermolake.model.endpoint;

import io.thermolake.run.Run;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What says of an endpoint, a configuration or a model whose it is: the stack, the run and its execution. */
final class HostingTags {
    static final String STACK = "thermolake:stack";
    static final String RUN = "thermolake:run";
    static final String EXECUTION = "thermolake:execution";

    private HostingTags() {}

    /** One that outlives its run is nobody's but the stack's. */
    static Map<String, String> of(String stack, Run run, boolean kept) {
        Map<String, String> tags = new TreeMap<>(Map.of(STACK, stack));
        if (!kept) {
            tags.put(RUN, run.id());
            tags.put(EXECUTION, run.executionArn());
        }
        return tags;
    }

    /** The execution that made it, if one of this stack did and for its run alone. */
    static Optional<String> executionOf(Map<String, String> tags, String stack) {
        return stack.equals(tags.get(STACK)) ? Optional.ofNullable(tags.get(EXECUTION)) : Optional.empty();
    }
}
