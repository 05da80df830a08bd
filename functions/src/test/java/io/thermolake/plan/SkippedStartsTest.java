package io.thermolake.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.Metrics;
import io.thermolake.RecordJson;
import io.thermolake.fake.FakeContext;
import io.thermolake.fake.FakeGlue;
import io.thermolake.fake.FakeSfn;
import io.thermolake.fake.Lab;
import io.thermolake.fake.Turns;
import io.thermolake.lake.LakeLayout;
import io.thermolake.plan.store.FollowUps;
import io.thermolake.run.ExecutionRef;
import io.thermolake.run.RunInput;
import io.thermolake.run.store.RunLock;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * A run ends, history starts two more and the schedule one, all at once, call by call in any order, killed between any two
 * calls and called again as Lambda's retries and EventBridge do.
 */
class SkippedStartsTest {
    private static final Clock WALL = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({"0, 400", "0.05, 400"})
    void whateverTheOrderEveryStartByHistoryIsMadeGoodAndNoMarkStays(double killing, int worlds) throws Throwable {
        for (long seed = 1; seed <= worlds; seed++) {
            new World(seed, killing).check();
        }
    }

    private static final class World {
        private final long seed;
        private final Turns turns;
        private final Lab lab = new Lab();
        private final FakeSfn executions = new FakeSfn();
        private final S3Client s3;
        private final SfnClient sfn;
        private final Set<String> known = new HashSet<>();
        /** Runs by history to the number of the call before which they were asked for. */
        private final Map<String, Long> asked = new TreeMap<>();
        /** Runs that went through to the number of the call before which they took the lock, and looked at the lake. */
        private final Map<String, Long> planned = new TreeMap<>();

        private int followed;

        World(long seed, double killing) {
            this.seed = seed;
            this.turns = new Turns(seed, killing);
            this.s3 = turns.of(S3Client.class, lab.s3);
            this.sfn = turns.of(SfnClient.class, executions);
        }

        void check() throws Throwable {
            new RunLock(lab.store, WALL).take("first", "arn:first", arn -> true);
            turns.add("first", () -> untilItIsDone(() -> finish("first")));
            start("history-1", RunInput.ofHistory());
            start("history-2", RunInput.ofHistory());
            start("scheduled", RunInput.none());
            turns.run();
            assertThat(lab.store.text(LakeLayout.LOCK))
                    .as("lock, seed %d", seed)
                    .isEmpty();
            assertThat(lab.store.text(LakeLayout.PENDING_START))
                    .as("mark, seed %d", seed)
                    .isEmpty();
            asked.forEach((name, from) -> assertThat(planned)
                    .as("%s was asked for before call %d, seed %d", name, from, seed)
                    .anySatisfy((run, call) -> assertThat(call).isGreaterThanOrEqualTo(from)));
            // Each follow-up belongs to one mark, and each run leaves at most one.
            assertThat(followed).as("seed %d", seed).isLessThan(asked.size());
        }

        private void start(String name, RunInput input) {
            if (known.add(name)) {
                turns.add(name, () -> {
                    turns.turn();
                    if (input.byHistory()) {
                        // What it is about arrived just now.
                        asked.put(name, turns.calls());
                    }
                    run(name, input);
                });
            }
        }

        private void run(String name, RunInput input) {
            boolean[] on = {false};
            untilItIsDone(() -> {
                Looks looks = new Looks();
                on[0] = plan(name, input, looks);
                if (on[0]) {
                    planned.put(name, looks.last);
                }
            });
            if (on[0]) {
                untilItIsDone(() -> finish(name));
            }
            executions.ended(name);
        }

        private boolean plan(String name, RunInput input, Clock looks) {
            return new PlanRunHandler(
                            Lab.settings(), s3, new FakeGlue(), sfn, looks, new Metrics("s", WALL, line -> {}))
                    .handleRequest(
                            new PlanRunHandler.Request(new ExecutionRef("arn:" + name, name, WALL.instant(), 0), input),
                            new FakeContext())
                    .outcome()
                    .equals("PLANNED");
        }

        private void finish(String name) {
            var store = new io.thermolake.lake.store.LakeStore(s3, "lake");
            new RunLock(store, WALL).release(name);
            new FollowUps(store, sfn, Lab.PIPELINE, WALL).start();
            executions.started.forEach((follower, input) -> {
                if (!known.contains(follower)) {
                    followed++;
                    start(follower, RecordJson.gson().fromJson(input, RunInput.class));
                }
            });
        }

        /** Tells when a run last asked for the time, which it does before it takes the lock. */
        private final class Looks extends Clock {
            long last;

            @Override
            public Instant instant() {
                last = turns.calls();
                return WALL.instant();
            }

            @Override
            public java.time.ZoneId getZone() {
                return WALL.getZone();
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        }

        /** A killed function is called again; what it started meanwhile runs. */
        private void untilItIsDone(Runnable acts) {
            while (true) {
                try {
                    acts.run();
                    return;
                } catch (Turns.Killed e) {
                    // Called again.
                }
            }
        }
    }
}
