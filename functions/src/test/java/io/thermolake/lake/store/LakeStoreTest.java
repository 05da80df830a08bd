package io.thermolake.lake.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.PipelineException;
import io.thermolake.fake.FakeS3;
import io.thermolake.lake.LakeLayout;
import io.thermolake.run.Run;
import io.thermolake.run.store.RunLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LakeStoreTest {
    private final FakeS3 s3 = new FakeS3();
    private final LakeStore store = new LakeStore(s3, "lake");

    @Test
    void onlyTheFirstCreates() {
        assertThat(store.create("a.json", "1")).isTrue();
        assertThat(store.create("a.json", "2")).isFalse();
        assertThat(store.text("a.json").orElseThrow().value()).isEqualTo("1");
    }

    @Test
    void onlyWhoKnowsTheNewestReplaces() {
        store.put("a.json", "1");
        String etag = store.text("a.json").orElseThrow().etag();

        assertThat(store.replace("a.json", "2", etag)).isTrue();
        assertThat(store.replace("a.json", "3", etag)).isFalse();
        assertThat(store.replace("b.json", "3", etag)).isFalse();
        assertThat(store.text("a.json").orElseThrow().value()).isEqualTo("2");
    }

    @Test
    void onlyWhoKnowsTheNewestDeletes() {
        store.put("a.json", "1");
        String etag = store.text("a.json").orElseThrow().etag();
        store.put("a.json", "2");

        assertThat(store.delete("a.json", etag)).isFalse();
        assertThat(store.text("a.json").orElseThrow().value()).isEqualTo("2");
        assertThat(store.delete("a.json", store.text("a.json").orElseThrow().etag()))
                .isTrue();
        assertThat(store.text("a.json")).isEmpty();
        assertThat(store.delete("a.json", etag)).isFalse();
    }

    @Test
    void listingsGoOnBeyondAPage() {
        for (int i = 0; i < 2500; i++) {
            s3.objects.put("a/%05d".formatted(i), new byte[1]);
        }
        s3.objects.put("b/x", new byte[1]);

        assertThat(store.list("a/")).hasSize(2500);
        assertThat(store.listAfter("a/", "a/02000")).hasSize(499);
        assertThat(store.last("a/")).contains("a/02499");
        assertThat(store.last("c/")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "manifests/stray",
                "manifests/backup-000000001.json",
                "manifests/000000002.json.bak",
                "manifests/old/000000003.json",
                "manifests/000000003_copy.json",
                "manifests/3.json"
            })
    void whatLiesBesideTheManifestsIsNotTheNewest(String key) {
        store.put("manifests/000000002.json", "2");
        store.put(key, "x");

        assertThat(store.last(LakeLayout.MANIFESTS, LakeLayout::isManifest)).contains("manifests/000000002.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"id\":\"x\",\"executionArn\":\"arn\",\"now\":\"yesterday\"}",
                "{\"id\":\"x\",\"executionArn\":\"arn\",\"now\":\"2026-03-31T00:00:00Z\",\"base\":-1}"
            })
    void anObjectThatCannotBeReadIsNamed(String text) {
        store.put("runs/x/run.json", text);

        assertThatThrownBy(() -> store.read("runs/x/run.json", Run.class))
                .isInstanceOf(PipelineException.class)
                .hasMessageStartingWith("s3://lake/runs/x/run.json is not a readable Run: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "locks/pipeline.json       | Delete it while no run is on: the next run takes the lock anew",
                "runs/pending.json         | Delete it and start a run: it said that one is due",
                "models/lab/current.json   | the room is trained anew by the next run",
                "runs/scores/lab.json      | the room is scored anew by the next run",
                "manifests/000000001.json  | delete nothing: it says what of the lake is committed",
                "models/lab/v/recipe.json  | Restore it from a copy",
            })
    void whoReadsOfABrokenObjectLearnsWhatToDo(String key, String remedy) {
        for (String text : new String[] {"", "{", "{}", "null"}) {
            store.put(key, text);
            assertThatThrownBy(() -> store.read(key, RunLock.Owner.class))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageStartingWith("s3://lake/" + key + " is not a readable Owner: ")
                    .hasMessageEndingWith(remedy);
        }
    }

    @Test
    void whatIsNotThereIsNothing() {
        assertThat(store.read("a.json", Run.class)).isEmpty();
    }
}
