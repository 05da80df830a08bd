package io.thermolake.model.endpoint;

import io.thermolake.model.endpoint.Leftover.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Decides what of SageMaker's hosting is to go: what this stack's tags name the maker of, when that run is over. Endpoints
 * are to be judged first, and what became of them told.
 */
final class Sweep {
    /** What is to be done with a leftover. */
    enum Fate {
        /** It belongs to another stack or to nobody, or is kept. */
        NOT_OURS,
        IN_USE,
        DELETE,
        /** SageMaker deletes it already. */
        GOING,
        /** Its endpoint is still there. */
        NEEDED,
        /** Whether its run is over could not be told. */
        UNKNOWN
    }

    private final String stack;
    private final Function<String, RunState> runs;
    private final Map<String, RunState> known = new HashMap<>();
    private final Set<String> standing = new HashSet<>();

    /** @param runs the state of an execution, asked once for each */
    Sweep(String stack, Function<String, RunState> runs) {
        this.stack = stack;
        this.runs = runs;
    }

    Fate judge(Leftover thing) {
        Fate verdict = HostingTags.executionOf(thing.tags(), stack)
                .map(execution -> ofRun(thing, known.computeIfAbsent(execution, runs)))
                .orElse(Fate.NOT_OURS);
        if (thing.kind() == Kind.ENDPOINT && verdict != Fate.DELETE && verdict != Fate.GOING) {
            stands(thing);
        }
        return verdict;
    }

    private Fate ofRun(Leftover thing, RunState state) {
        return switch (state) {
            case ON -> Fate.IN_USE;
            case UNKNOWN -> Fate.UNKNOWN;
            case OVER -> {
                if (thing.kind() != Kind.ENDPOINT && standing.contains(thing.name())) {
                    yield Fate.NEEDED;
                }
                yield "Deleting".equals(thing.status()) ? Fate.GOING : Fate.DELETE;
            }
        };
    }

    /** An endpoint that could not be deleted: its configuration and its model have to wait. */
    void stands(Leftover endpoint) {
        standing.add(endpoint.name());
    }
}
