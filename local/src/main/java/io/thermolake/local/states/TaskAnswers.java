package io.thermolake.local.states;

import io.thermolake.asl.Json;
import io.thermolake.asl.TaskTokens;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.InvalidOutputException;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessRequest;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/**
 * SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat. A token that nobody waits for any more, for whatever reason, is
 * TaskTimedOut; AWS's documents name no case of TaskDoesNotExist that is not one of that, and none is made here.
 */
final class TaskAnswers {
    private static final int LARGEST_OUTPUT = 262_144;

    private final TaskTokens tokens;

    TaskAnswers(TaskTokens tokens) {
        this.tokens = tokens;
    }

    void success(SendTaskSuccessRequest request) {
        Object output = output(request.output());
        known(request.taskToken(), tokens.succeed(String.valueOf(request.taskToken()), output));
    }

    void failure(SendTaskFailureRequest request) {
        known(request.taskToken(), tokens.fail(String.valueOf(request.taskToken()), request.error(), request.cause()));
    }

    void heartbeat(String token) {
        known(token, tokens.heartbeat(String.valueOf(token)));
    }

    private static void known(@Nullable String token, boolean waitedFor) {
        if (waitedFor) {
            return;
        }
        if (token == null || !TaskTokens.isOne(token)) {
            throw SfnErrors.invalidToken();
        }
        throw TaskTimedOutException.builder()
                .message("Task Timed Out: 'Provided task does not exist anymore'")
                .build();
    }

    private static @Nullable Object output(@Nullable String text) {
        if (text == null || Json.bytes(text) > LARGEST_OUTPUT) {
            throw invalid(text == null ? "null" : "larger than " + LARGEST_OUTPUT + " bytes");
        }
        try {
            return Json.parse(text);
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static InvalidOutputException invalid(String why) {
        return InvalidOutputException.builder()
                .message("Invalid Output: '" + why + "'")
                .build();
    }
}
