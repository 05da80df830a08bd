package io.thermolake.asl.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.Activities;
import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionIdentity;
import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.TaskTokens;
import io.thermolake.asl.VirtualTimer;
import io.thermolake.asl.engine.Definition;
import io.thermolake.asl.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ActivitiesTest {
    private static final String ARN = "arn:aws:states:eu-central-1:000000000000:activity:weigh";

    private final ActivityWork activities = new ActivityWork();
    private final List<String> started = new ArrayList<>();

    private Runnable schedule(String token) {
        return activities.schedule(ARN, new Activities.Task(token, null), worker -> started.add(worker + " " + token));
    }

    @Test
    void aWorkerThatWaitsGetsTheNextTask() {
        CompletableFuture<Activities.Task> first = activities.take(ARN, "ann");
        CompletableFuture<Activities.Task> second = activities.take(ARN, "bob");
        schedule("t1");
        assertThat(first).isCompletedWithValue(new Activities.Task("t1", null));
        assertThat(second).isNotDone();
        schedule("t2");
        assertThat(second).isCompletedWithValue(new Activities.Task("t2", null));
        assertThat(started).containsExactly("ann t1", "bob t2");
    }

    @Test
    void aWorkerThatLeftTakesNothing() {
        activities.take(ARN, "ann").cancel(false);
        schedule("t1");
        assertThat(started).isEmpty();
        assertThat(activities.poll(ARN, "bob")).contains(new Activities.Task("t1", null));
    }

    @Test
    void aTaskThatIsWantedNoMoreIsGivenToNobody() {
        schedule("t1").run();
        assertThat(activities.poll(ARN, "ann")).isEqualTo(Optional.empty());
        assertThat(activities.take(ARN, "ann")).isNotDone();
    }

    @Test
    void aTaskThatIsThereIsTakenAtOnce() {
        schedule("t1");
        assertThat(activities.take(ARN, "ann")).isCompletedWithValue(new Activities.Task("t1", null));
    }

    @Test
    void aTokenIsKnownAgainByItself() {
        String token = TaskTokens.make(new Random(3));
        assertThat(TaskTokens.isOne(token)).isTrue();
        assertThat(TaskTokens.isOne(token.replace('-', '+'))).isFalse();
        assertThat(TaskTokens.isOne("token")).isFalse();
        assertThat(TaskTokens.isOne("")).isFalse();
    }

    @Test
    void anAnswerAsSoonAsTheTaskIsTakenCounts() {
        VirtualTimer timer = new VirtualTimer(Machines.START);
        Engine engine = new Engine(resource -> null, timer, new Random(7), Runnable::run);
        Definition definition = Definition.parse(
                "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Task\",\"Resource\":\"" + ARN + "\",\"End\":true}}}");
        Execution execution = engine.start(
                definition,
                new ExecutionIdentity("arn:e", "e", "", Machines.START, "arn:m", "m"),
                null,
                ExecutionListener.NONE);
        engine.activities().take(ARN, "ann").thenAccept(task -> engine.tokens().succeed(task.token(), "done"));
        assertThat(execution.result()).isCompletedWithValue(new ExecutionResult.Succeeded("done"));
    }
}
