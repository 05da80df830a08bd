package io.thermolake.model.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.fake.FakeContext;
import io.thermolake.fake.FakeForest;
import io.thermolake.fake.FakeS3;
import io.thermolake.fake.FakeSageMaker;
import io.thermolake.fake.Lab;
import io.thermolake.lake.LakeLayout;
import io.thermolake.model.store.Models;
import io.thermolake.model.training.StartTrainingHandler;
import io.thermolake.run.Run;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A training and its promotion, killed at each of their writes in turn. */
class KilledPromotionTest {
    private static final Run NEXT = new Run("run-2", Lab.RUN.executionArn(), Lab.NOW.plus(Duration.ofHours(1)), 0);
    private static final int WRITES = 4;

    private final Lab lab = new Lab().days(30, "run-1").commit("run-1");
    private final Models models = new Models(lab.store);

    private PromoteModelHandler.Answer trainAndPromote(Run run) {
        String version = new StartTrainingHandler(
                        Lab.settings(Map.of("DETECTOR", "embedded", "NUM_TREES", "50")),
                        new FakeSageMaker(),
                        lab.s3,
                        Clock.systemUTC())
                .handleRequest(new StartTrainingHandler.Request(run, "lab", true, "", null), new FakeContext())
                .details()
                .get("version")
                .toString();
        return new PromoteModelHandler(Lab.settings(), new FakeForest(row -> 1), lab.s3, Clock.systemUTC())
                .handleRequest(new PromoteModelHandler.Request(run, "lab", version, "", null), new FakeContext());
    }

    private String current() {
        return models.current("lab").orElseThrow().version();
    }

    @Test
    void thereAreFourWritesAndTheLastOnePutsTheModelInUse() {
        trainAndPromote(Lab.RUN);
        int[] writes = {0};
        for (String name : new String[] {"recipe.json", "forest.json", "model.json"}) {
            assertThat(lab.s3.objects.keySet()).anyMatch(key -> key.endsWith(name));
            writes[0]++;
        }
        lab.s3.killingAtWrite(WRITES + 1, false);
        assertThat(trainAndPromote(NEXT).promoted())
                .as("nobody writes a fifth time")
                .isTrue();
        assertThat(writes[0] + 1).isEqualTo(WRITES);
    }

    @ParameterizedTest
    @CsvSource({
        // the write, whether it is done; whether the new model is in use after that
        "1, false, false", "1, true, false", "2, false, false", "2, true, false",
        "3, false, false", "3, true, false", "4, false, false", "4, true,  true",
    })
    void killedAtAnyPointTheOldModelStaysInUseAndTheNextRunConverges(int write, boolean done, boolean inUse) {
        String old = trainAndPromote(Lab.RUN).version();
        lab.s3.killingAtWrite(write, done);
        boolean killed = false;
        try {
            trainAndPromote(NEXT);
        } catch (FakeS3.Killed e) {
            killed = true;
        }
        assertThat(killed).isTrue();
        assertThat(current().equals(old)).isEqualTo(!inUse);

        PromoteModelHandler.Answer again = trainAndPromote(NEXT);

        assertThat(again.promoted()).as(again.reason()).isTrue();
        assertThat(current()).isEqualTo(again.version()).isNotEqualTo(old);
        assertThat(models.current("lab").orElseThrow().previous()).hasValue(old);
        assertThat(models.versions("lab")).as("nothing was trained twice").hasSize(2);
        assertThat(lab.store.text(LakeLayout.modelRejection("lab", again.version())))
                .isEmpty();
    }
}
