package io.thermolake.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContextsTest {
    private static final int TRAINING = 28;
    private static final int DAYS = TRAINING + 14;
    private static final double[] VALUES = Series.values(DAYS, 1, second -> second > 35 * Series.DAY ? 1.5 : 0);

    private static List<Context> contexts(RoomModel model, int from) {
        Contexts contexts = new Contexts(model);
        List<Context> seen = new ArrayList<>();
        for (int i = from; i < VALUES.length; i++) {
            seen.add(contexts.next(Series.second(i), VALUES[i]));
        }
        return seen;
    }

    @Test
    void whoBeginsFourWeeksBeforeSeesTheSame() {
        RoomModel model = Series.trained(TRAINING, 1);
        int last = (int) (Series.DAY / Series.STEP);
        int from = VALUES.length - last - (int) (Contexts.WARM_UP_DAYS * Series.DAY / Series.STEP);

        List<Context> whole = contexts(model, 0);
        List<Context> part = contexts(model, from);

        for (int i = 1; i <= last; i++) {
            Context expected = whole.get(whole.size() - i);
            Context given = part.get(part.size() - i);
            assertThat(given.cause()).isEqualTo(expected.cause());
            assertThat(given.ratio()).isCloseTo(expected.ratio(), org.assertj.core.data.Offset.offset(1e-9));
        }
    }

    @Test
    void aForestThatFindsAValueUnusualDecidesAboveItsLimitAndRulesAndFeaturesBelow() {
        Context context = new Context(new float[] {0.5f}, 0.9, Cause.JUMP);

        assertThat(context.verdict(0.8, 1)).isEqualTo(new Verdict(0.9 / 1.9, Cause.JUMP));
        assertThat(context.verdict(3, 1).anomaly()).isTrue();
        assertThat(context.verdict(3, 1).cause()).isEqualTo(Cause.UNUSUAL);
        assertThat(context.verdict()).isEqualTo(context.verdict(0, 1));
    }

    @Test
    void aForestIsNotAskedWhereNoViewIsNearItsLimit() {
        Context usual = new Context(new float[] {0.5f}, 0.5, Cause.JUMP);

        assertThat(usual.isNear()).isFalse();
        assertThat(usual.verdict(99, 1)).isEqualTo(usual.verdict());
    }

    @Test
    void aForestOfATrainingsRowsIsAllowedWhatItGivesOnItsGreatestDays() {
        RoomModel model = Series.trained(TRAINING, 1);
        Training training = Series.training(TRAINING, 1);
        List<float[]> rows = training.rows(model);
        Forest forest = Forest.train(rows, 50, 256, 1);

        double[] scores = forest.of(rows);
        RoomModel with = training.withForest(model, scores);

        assertThat(rows)
                .allSatisfy(row ->
                        assertThat(row).hasSameSizeAs(Contexts.names(model).toArray()));
        assertThat(with.forestAllowed())
                .isGreaterThanOrEqualTo(java.util.Arrays.stream(scores).max().orElseThrow());
        assertThat(with.allowed()).isEqualTo(model.allowed());
    }
}
