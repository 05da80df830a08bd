package io.thermolake.finish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.PipelineException;
import io.thermolake.fake.FakeContext;
import io.thermolake.fake.FakeGlue;
import io.thermolake.fake.FakeS3;
import io.thermolake.fake.Lab;
import io.thermolake.lake.Counts;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.lake.store.Manifests;
import io.thermolake.run.RunPlan;
import io.thermolake.run.StepName;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommitRunHandlerTest {
    private static final Clock WALL = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
    private static final Counts GOOD = new Counts(10, 8, Map.of("malformed", 1L), 1, 1, 0);

    private final FakeS3 s3 = new FakeS3();
    private final LakeStore store = new LakeStore(s3, "lake");
    private final FakeGlue glue = new FakeGlue();
    private final RunPlan plan = CommitmentTest.plan(0, true, StepName.ExtractRooms, StepName.CommitRun);

    @Test
    void theManifestIsTheCommitAndTheCatalogFollows() {
        extracted(plan, 2, GOOD, "2026-03-30");

        CommitRunHandler.Answer answer = commit(plan, 2, true);

        assertThat(answer).isEqualTo(new CommitRunHandler.Answer(1, List.of("lab", "office"), GOOD));
        assertThat(newest().runId()).isEqualTo("run-1");
        assertThat(newest().consumed()).containsExactly("raw/live/a.gz", "raw/live/b.gz");
        assertThat(glue.partitions.get("temperatures").values())
                .containsExactly("s3://lake/lake/temperatures/date=2026-03-30/run=run-1/attempt=2/");
        assertThat(glue.partitions.get("rooms").values())
                .containsExactly("s3://lake/rooms/room_id=lab/date=2026-03-30/run=run-1/attempt=2/");
        assertThat(store.text(LakeLayout.catalogMark(1))).isPresent();
    }

    @Test
    void askedTwiceItCommitsOnceAndAnswersTheSame() {
        extracted(plan, 1, GOOD, "2026-03-30");

        CommitRunHandler.Answer first = commit(plan, 1, true);
        byte[] manifest = s3.objects.get(LakeLayout.manifest(1));
        CommitRunHandler.Answer second = commit(plan, 1, true);

        assertThat(second).isEqualTo(first);
        assertThat(s3.objects.get(LakeLayout.manifest(1))).isEqualTo(manifest);
        assertThat(store.list(LakeLayout.MANIFESTS)).hasSize(1);
    }

    @Test
    void aCommitWhoseAnswerWasLostIsOurs() {
        extracted(plan, 1, GOOD, "2026-03-30");
        s3.losingTheAnswerOf(LakeLayout.manifest(1));

        assertThat(commit(plan, 1, true).manifest()).isEqualTo(1);
        assertThat(newest().runId()).isEqualTo("run-1");
    }

    @Test
    void aRunThatIsNotTheNewestAnyMoreCommitsNothing() {
        extracted(plan, 1, GOOD, "2026-03-30");
        store.put(LakeLayout.manifest(1), another(1));

        assertThatThrownBy(() -> commit(plan, 1, true))
                .isInstanceOf(StaleRunException.class)
                .hasMessage(
                        "Run run-1 was planned from manifest 0, but the newest is 1 by now. Nothing was committed; start a new run");
        assertThat(newest().runId()).isEqualTo("run-0");
        assertThat(glue.partitions).isEmpty();
    }

    @Test
    void ofTwoThatCommitAtOnceOneIsStale() {
        extracted(plan, 1, GOOD, "2026-03-30");
        s3.beforeWriting(LakeLayout.manifest(1), () -> store.put(LakeLayout.manifest(1), another(1)));

        assertThatThrownBy(() -> commit(plan, 1, true)).isInstanceOf(StaleRunException.class);
        assertThat(newest().runId()).isEqualTo("run-0");
    }

    @Test
    void whatDoesNotReconcileIsNotCommitted() {
        extracted(plan, 1, new Counts(10, 8, Map.of(), 1, 1, 0), "2026-03-30");

        assertThatThrownBy(() -> commit(plan, 1, true)).isInstanceOf(CountsException.class);
        assertThat(store.list(LakeLayout.MANIFESTS)).isEmpty();
    }

    @Test
    void aRunThatExtractedNothingCommitsNothing() {
        store.put(LakeLayout.plan("run-1"), plan);

        assertThat(commit(plan, 0, false)).isEqualTo(new CommitRunHandler.Answer(0, List.of("office"), Counts.none()));
        assertThat(store.list(LakeLayout.MANIFESTS)).isEmpty();
    }

    @Test
    void aMissingResultIsNamed() {
        store.put(LakeLayout.plan("run-1"), plan);

        assertThatThrownBy(() -> commit(plan, 3, true))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("s3://lake/runs/run-1/extract/attempt=3/result.json is missing");
    }

    @Test
    void theDatabasesResultIsReadWhenItWasImported() {
        RunPlan imported = CommitmentTest.plan(0, true, StepName.ImportDatabase, StepName.ExtractRooms);
        extracted(imported, 1, GOOD, "2026-03-30");

        assertThatThrownBy(() -> commit(imported, 1, true))
                .hasMessageContaining("runs/run-1/external_db.json is missing");

        store.put(LakeLayout.databaseResult("run-1"), "{\"rows\":7,\"highWaterMark\":\"2026-03-29T06:00:00Z\"}");
        commit(imported, 1, true);
        assertThat(newest().databaseHighWaterMark()).isEqualTo(Instant.parse("2026-03-29T06:00:00Z"));
    }

    private void extracted(RunPlan plan, int attempt, Counts counts, String date) {
        store.put(LakeLayout.plan("run-1"), plan);
        store.put(
                LakeLayout.extractResult("run-1", attempt),
                new Commitment.Extracted(
                        counts, List.of(new Manifest.Partition(date, "run-1", attempt, Map.of("lab", 8L)))));
    }

    private CommitRunHandler.Answer commit(RunPlan plan, int attempt, boolean extracted) {
        return new CommitRunHandler(Lab.settings(), s3, glue, WALL)
                .handleRequest(new CommitRunHandler.Request(plan.run(), attempt, extracted), new FakeContext());
    }

    private Manifest newest() {
        return new Manifests(store).newest().orElseThrow();
    }

    private static Manifest another(long number) {
        return new Manifest(
                number,
                "run-0",
                Lab.NOW,
                Lab.NOW,
                List.of(),
                List.of(),
                Counts.none(),
                null,
                null,
                null,
                Map.of(),
                null);
    }
}
