package io.thermolake.model.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thermolake.detect.AlarmBudget;
import io.thermolake.detect.Feature;
import io.thermolake.detect.RoomModel;
import io.thermolake.detect.Rows;
import io.thermolake.detect.SensorRules;
import io.thermolake.detect.Training;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitCutTest {
    private static RoomModel model(Map<Feature, Double> allowed) {
        return new RoomModel(new SensorRules(60, 120, 600), allowed);
    }

    @ParameterizedTest
    @CsvSource({
        // trained, in use, what it may be
        "1.0, 1.0, 1.0",
        "0.95, 1.0, 0.95",
        "0.9, 1.0, 0.9",
        "0.5, 1.0, 0.9",
        "0.0, 1.0, 0.9",
        "2.0, 1.0, 2.0",
        "0.5,    , 0.5",
        "0.5, 1.7976931348623157E308, 0.5",
    })
    void noLimitIsLoweredByMoreThanATenth(double trained, Double current, double limited) {
        assertThat(LimitCut.limited(trained, current)).isEqualTo(limited);
    }

    @Test
    void eachFeatureIsHeldAgainstItself() {
        RoomModel current = model(Map.of(Feature.CHANGE, 1.0, Feature.ROUGHNESS, 0.2));
        RoomModel cut = LimitCut.features(
                model(Map.of(Feature.CHANGE, 0.5, Feature.ROUGHNESS, 0.19, Feature.NEAREST_DAY_1H, 0.1)), current);
        assertThat(cut.allowed())
                .isEqualTo(Map.of(Feature.CHANGE, 0.9, Feature.ROUGHNESS, 0.19, Feature.NEAREST_DAY_1H, 0.1));
    }

    @Test
    void theForestsLimitIsHeldInTheSameWay() {
        RoomModel current = model(Map.of()).withForest(2);
        assertThat(LimitCut.forest(model(Map.of()).withForest(1), current).forestAllowed())
                .isEqualTo(1.8);
        assertThat(LimitCut.forest(model(Map.of()), current).forestAllowed()).isNull();
        assertThat(LimitCut.forest(model(Map.of()).withForest(1), model(Map.of()))
                        .forestAllowed())
                .isEqualTo(1);
    }

    @Test
    void aFirstModelIsFree() {
        RoomModel first = model(Map.of(Feature.CHANGE, 0.5)).withForest(1);
        assertThat(LimitCut.features(first, null)).isEqualTo(first);
        assertThat(LimitCut.forest(first, null)).isEqualTo(first);
    }

    @Test
    void aRoomThatHasBecomeQuietGetsNarrowerTrainingByTraining() {
        RoomModel current = trained(MadeUpRoom.days(28, 1, second -> second % 7200 == 0 ? 2 : 0));
        RoomModel quiet = trained(MadeUpRoom.days(28, 2));
        double loud = current.allowed().getOrDefault(Feature.CHANGE, Double.NaN);
        double aim = quiet.allowed().getOrDefault(Feature.CHANGE, Double.NaN);
        assertThat(aim).isLessThan(0.7 * loud);
        for (int training = 1; training <= 3; training++) {
            current = LimitCut.features(quiet, current);
            assertThat(current.allowed().getOrDefault(Feature.CHANGE, Double.NaN))
                    .isCloseTo(Math.max(aim, loud * Math.pow(0.9, training)), within(1e-9));
        }
    }

    private static RoomModel trained(Rows rows) {
        return new Training(rows.seconds(), rows.values(), new AlarmBudget(0.7)).model();
    }
}
