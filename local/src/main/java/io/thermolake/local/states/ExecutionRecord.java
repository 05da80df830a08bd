package io.thermolake.local.states;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An execution, as it is kept.
 *
 * @param input the input's text, as it was given
 * @param status AWS's ExecutionStatus
 * @param parent the execution that started it and waits for it, or null
 * @param origin what it runs; null where an older cloud wrote the file, which took the machine's definition of the day
 * @param tokens client tokens of its last redrives, oldest first; null for none
 */
record ExecutionRecord(
        String arn,
        String name,
        String machineArn,
        String input,
        String status,
        @Nullable String output,
        @Nullable String error,
        @Nullable String cause,
        Instant started,
        @Nullable Instant stopped,
        int redriveCount,
        @Nullable Instant redriven,
        @Nullable String parent,
        @Nullable Origin origin,
        @Nullable List<Token> tokens) {
    static final String RUNNING = "RUNNING";
    /** "Idempotency" of RedriveExecution in the API reference: so many client tokens are remembered. */
    private static final int TOKENS = 10;

    /**
     * What an execution runs, fixed at its start.
     *
     * @param definition its id among {@link Definitions}; null for a Map Run's child, whose parent has it
     */
    record Origin(
            @Nullable String definition,
            String roleArn,
            @Nullable String revisionId,
            @Nullable String versionArn,
            @Nullable String aliasArn,
            @Nullable String mapRunArn) {}

    /** @param at when its redrive began */
    record Token(String clientToken, Instant at) {}

    static ExecutionRecord begun(
            String arn,
            String name,
            String machineArn,
            String input,
            Instant at,
            @Nullable String parent,
            Origin origin) {
        return new ExecutionRecord(
                arn, name, machineArn, input, RUNNING, null, null, null, at, null, 0, null, parent, origin, null);
    }

    boolean isRunning() {
        return status.equals(RUNNING);
    }

    @Nullable
    String mapRunArn() {
        return origin == null ? null : origin.mapRunArn();
    }

    @Nullable
    String versionArn() {
        return origin == null ? null : origin.versionArn();
    }

    @Nullable
    String aliasArn() {
        return origin == null ? null : origin.aliasArn();
    }

    ExecutionRecord ended(
            String newStatus,
            @Nullable String newOutput,
            @Nullable String newError,
            @Nullable String newCause,
            Instant at) {
        return new ExecutionRecord(
                arn,
                name,
                machineArn,
                input,
                newStatus,
                newOutput,
                newError,
                newCause,
                started,
                at,
                redriveCount,
                redriven,
                parent,
                origin,
                tokens);
    }

    ExecutionRecord redrivenAt(Instant at, @Nullable String clientToken) {
        List<Token> all = new ArrayList<>(tokens == null ? List.of() : tokens);
        if (clientToken != null) {
            all.add(new Token(clientToken, at));
        }
        return new ExecutionRecord(
                arn,
                name,
                machineArn,
                input,
                RUNNING,
                null,
                null,
                null,
                started,
                null,
                redriveCount + 1,
                at,
                parent,
                origin,
                List.copyOf(all.subList(Math.max(0, all.size() - TOKENS), all.size())));
    }
}
