package io.thermolake.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.fake.FakeS3;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.LakeStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunLockTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private static final Predicate<String> NOBODY_LIVES = arn -> false;

    private final FakeS3 s3 = new FakeS3();
    private final LakeStore store = new LakeStore(s3, "lake");

    @Test
    void aFreeLockIsTaken() {
        assertThat(lock(0).take("a", "arn:a", NOBODY_LIVES)).isEmpty();
        assertThat(holder()).isEqualTo("a");
    }

    @Test
    void theRunThatHasItKeepsIt() {
        lock(0).take("a", "arn:a", NOBODY_LIVES);

        assertThat(lock(600).take("a", "arn:a", NOBODY_LIVES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,false,a", "60,false,a", "61,false,b", "61,true,a", "86400,true,a"})
    void onlyADeadOwnersOldLockIsTakenOver(int seconds, boolean alive, String owner) {
        lock(0).take("a", "arn:a", NOBODY_LIVES);

        var other = lock(seconds).take("b", "arn:b", arn -> alive && arn.equals("arn:a"));

        assertThat(other.map(RunLock.Owner::runId).orElse("b")).isEqualTo(owner);
        assertThat(holder()).isEqualTo(owner);
    }

    @Test
    void ofTwoThatTakeOverOneHasIt() {
        lock(0).take("dead", "arn:dead", NOBODY_LIVES);
        Predicate<String> alive = Set.of("arn:b", "arn:c")::contains;
        boolean[] raced = {false};

        var other = lock(100).take("b", "arn:b", arn -> {
            if (!raced[0]) {
                raced[0] = true;
                assertThat(lock(100).take("c", "arn:c", alive)).isEmpty();
            }
            return alive.test(arn);
        });

        assertThat(other).map(RunLock.Owner::runId).contains("c");
        assertThat(holder()).isEqualTo("c");
    }

    @Test
    void aLockThatIsReleasedWhileItIsReadIsTaken() {
        FakeS3 releasing = releasedWhenRead("a", null);

        assertThat(new RunLock(new LakeStore(releasing, "lake"), clock(0)).take("b", "arn:b", NOBODY_LIVES))
                .isEmpty();
        assertThat(releasing.objects.get(LakeLayout.LOCK)).asString().contains("\"b\"");
    }

    @Test
    void aLockThatIsReleasedAndTakenByAnotherIsTheOthers() {
        FakeS3 releasing = releasedWhenRead("a", "c");

        assertThat(new RunLock(new LakeStore(releasing, "lake"), clock(0)).take("b", "arn:b", arn -> true))
                .map(RunLock.Owner::runId)
                .contains("c");
    }

    /** The answer to the write was lost, and the SDK's second try was refused: the lock is ours all the same. */
    @Test
    void aTakeOverWhoseAnswerWasLostIsOurs() {
        lock(0).take("dead", "arn:dead", NOBODY_LIVES);

        var other = lock(100).take("b", "arn:b", arn -> {
            s3.losingTheAnswerOf(LakeLayout.LOCK);
            return false;
        });

        assertThat(other).isEmpty();
        assertThat(holder()).isEqualTo("b");
    }

    @Test
    void aLockWhoseAnswerWasLostIsOurs() {
        s3.losingTheAnswerOf(LakeLayout.LOCK);

        assertThat(lock(0).take("a", "arn:a", NOBODY_LIVES)).isEmpty();
    }

    @Test
    void onlyItsOwnerReleasesIt() {
        lock(0).take("a", "arn:a", NOBODY_LIVES);

        assertThat(lock(0).release("b")).isFalse();
        assertThat(holder()).isEqualTo("a");
        assertThat(lock(0).release("a")).isTrue();
        assertThat(lock(0).release("a")).isFalse();
        assertThat(s3.objects).isEmpty();
    }

    /** The lock of {@code first} goes, and where {@code second} is named that run takes it, when it is first read. */
    private static FakeS3 releasedWhenRead(String first, @Nullable String second) {
        FakeS3 s3 = new FakeS3();
        RunLock others = new RunLock(new LakeStore(s3, "lake"), clock(0));
        others.take(first, "arn:" + first, NOBODY_LIVES);
        s3.beforeReading(LakeLayout.LOCK, () -> {
            s3.objects.remove(LakeLayout.LOCK);
            if (second != null) {
                s3.beforeWriting(LakeLayout.LOCK, () -> others.take(second, "arn:" + second, NOBODY_LIVES));
            }
        });
        return s3;
    }

    private RunLock lock(int secondsLater) {
        return new RunLock(store, clock(secondsLater));
    }

    private static Clock clock(int secondsLater) {
        return Clock.fixed(START.plusSeconds(secondsLater), ZoneOffset.UTC);
    }

    private String holder() {
        return store.read(LakeLayout.LOCK, RunLock.Owner.class)
                .orElseThrow()
                .value()
                .runId();
    }
}
