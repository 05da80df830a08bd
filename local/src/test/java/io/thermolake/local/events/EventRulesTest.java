package io.thermolake.local.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonNull;
import io.thermolake.local.functions.Invocation;
import io.thermolake.local.stack.Stack;
import io.thermolake.local.stack.StackReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An execution's end reaches the janitor, also when the cloud ends under it. */
class EventRulesTest {
    private static final Stack STACK = StackReader.read(Path.of("../template.yaml"), Map.of());

    @TempDir
    Path state;

    private final List<String> asked = new ArrayList<>();

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                -,                        0
                SdkClientException,       2
                Sandbox.Timedout,         2
                Lambda.Unknown,           5
                """)
    void whatFailsIsToldAgainAtTheNextStarts(String error, int again) {
        rules(error).put(aborted(), () -> {}).join();
        asked.clear();

        for (int start = 0; start < 5; start++) {
            rules(error).redeliver();
        }

        assertThat(asked).hasSize(again);
    }

    @Test
    void whatIsToldAtLastIsToldNoMore() {
        rules("SdkClientException").put(aborted(), () -> {}).join();
        rules(null).redeliver();
        asked.clear();

        rules(null).redeliver();

        assertThat(asked).isEmpty();
    }

    /** A run that was ended by Ctrl-C once kept its lock, and the next run was skipped by it. */
    @Test
    void whatHappensAsTheCloudIsKilledIsToldAtItsNextStart() {
        EventRules killed = rules(null);
        assertThatThrownBy(() -> killed.put(aborted(), () -> {
                    throw new ThreadDeath();
                }))
                .isInstanceOf(ThreadDeath.class);

        rules(null).redeliver();

        assertThat(asked).hasSize(1);
    }

    private EventRules rules(String error) {
        return new EventRules(
                STACK,
                (function, event) -> {
                    asked.add(function);
                    return CompletableFuture.completedFuture(new Invocation(JsonNull.INSTANCE, error));
                },
                state);
    }

    private static Map<String, Object> aborted() {
        String machine = STACK.ofType("AWS::Serverless::StateMachine").stream()
                .filter(m -> m.logicalId().startsWith("Pipeline"))
                .findFirst()
                .orElseThrow()
                .arn();
        return Map.of(
                "source",
                "aws.states",
                "detail-type",
                "Step Functions Execution Status Change",
                "detail",
                Map.of("status", "ABORTED", "stateMachineArn", machine));
    }
}
