package io.thermolake.asl.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final List<String> order = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final Lane lane = new Lane(Runnable::run, failures::add);

    @Test
    void stepsAreQueuedNotNested() {
        lane.add(() -> {
            lane.add(() -> order.add("inner"));
            order.add("outer");
        });
        assertThat(order).containsExactly("outer", "inner");
    }

    @Test
    void afterAFailingStepTheLaneGoesOn() {
        RuntimeException odd = new IllegalStateException("odd");
        Error deep = new StackOverflowError("deep");
        lane.add(() -> {
            lane.add(() -> {
                throw deep;
            });
            lane.add(() -> order.add("next"));
            throw odd;
        });
        lane.add(() -> order.add("later"));
        assertThat(failures).containsExactly(odd, deep);
        assertThat(order).containsExactly("next", "later");
    }

    @Test
    void theExecutorIsAskedOnceForAllThatWaits() {
        Queue<Runnable> asked = new ArrayDeque<>();
        Lane later = new Lane(asked::add, failures::add);
        later.add(() -> order.add("first"));
        later.add(() -> order.add("second"));
        assertThat(asked).hasSize(1);
        asked.remove().run();
        assertThat(order).containsExactly("first", "second");
        later.add(() -> order.add("third"));
        assertThat(asked).hasSize(1);
    }
}
