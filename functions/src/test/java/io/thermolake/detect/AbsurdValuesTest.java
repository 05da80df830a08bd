package io.thermolake.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One value that is none among 20 °C: it is told, and then all is as if it had never been. */
class AbsurdValuesTest {
    private static final int DAY = 96;
    private static final int INTERVAL = 900;
    private static final int ROWS = 75 * DAY;
    private static final int AT = 40 * DAY + 41;

    private static double[] room() {
        Random random = new Random(3);
        double[] values = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            values[i] =
                    Math.round(10 * (20 + 2 * Math.sin(2 * Math.PI * i / DAY) + 0.2 * random.nextGaussian())) / 10.0;
        }
        return values;
    }

    private static List<Map<Feature, Double>> features(double[] values, int leftOut) {
        Features features = new Features(INTERVAL);
        List<Map<Feature, Double>> all = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            all.add(i == leftOut ? Map.of() : features.next((long) i * INTERVAL, values[i]));
        }
        return all;
    }

    private static double[] with(double absurd) {
        double[] values = room();
        values[AT] = absurd;
        return values;
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e12, -1e12, 2147483647, -2147483648, 1e100, 1e300, 1e308, -1e308})
    void theFeaturesOfWhatComesAfterItAreThoseOfASeriesWithoutIt(double absurd) {
        List<Map<Feature, Double>> mine = features(with(absurd), -1);
        assertThat(mine.get(AT)).isEqualTo(Map.of(Feature.CHANGE, Double.POSITIVE_INFINITY));
        List<Map<Feature, Double>> without = features(room(), AT);
        assertThat(mine.subList(AT + 1, ROWS)).isEqualTo(without.subList(AT + 1, ROWS));
    }

    /** What a sensor may well say is no different from other values, and forgotten when the last of them is. */
    @ParameterizedTest
    @ValueSource(doubles = {-127, 85, 9999, 65535, 1e6})
    void whatIsOnlyFarAwayIsForgottenWithItsWindow(double far) {
        List<Map<Feature, Double>> mine = features(with(far), -1);
        List<Map<Feature, Double>> usual = features(room(), -1);
        for (int i = AT + 1; i < ROWS; i++) {
            for (Feature feature : Feature.values()) {
                int window = switch (feature) {
                    case CHANGE -> 1;
                    case ROUGHNESS -> 12;
                    case NEAREST_DAY_1H, NEAREST_DAY_3H, NEAREST_DAY_6H, STILLNESS -> 31 * DAY;
                    case WEEK, DAY -> ROWS;
                };
                double difference =
                        Math.abs(mine.get(i).get(feature) - usual.get(i).get(feature));
                if (i > AT + window && !(difference <= 1e-9)) {
                    fail("%s is another by %s after %s values".formatted(feature, difference, i - AT));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-127, 1e12, -1e12, 2147483647, 1e99, 1e300, 1e308})
    void roughnessIsAsGreatAsWithoutItAfterAnHour(double absurd) {
        Roughness mine = new Roughness();
        Roughness usual = new Roughness();
        double[] room = room();
        for (int i = 0; i < 2000; i++) {
            double got = mine.next(i * 300L, i == 1000 ? absurd : room[i], false);
            double right = usual.next(i * 300L, room[i], false);
            assertThat(got).isNotNaN();
            if (i > 1016) {
                assertThat(got).isCloseTo(right, within(1e-9));
            }
        }
    }

    @Test
    void whatStaysSoForADayIsHowTheSeriesIsNow() {
        double[] values = room();
        for (int i = AT; i < ROWS; i++) {
            values[i] *= 1e9;
        }
        List<Map<Feature, Double>> mine = features(values, -1);
        assertThat(mine.subList(AT, AT + DAY))
                .allSatisfy(each -> assertThat(each).hasSize(1));
        assertThat(mine.subList(AT + DAY, ROWS))
                .allSatisfy(each -> assertThat(each).hasSize(Feature.values().length));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e12, -1e12, 2147483647, 1e300, 1e308})
    void aTrainedDetectorTellsItOnceAndIsThenAsQuietAsWithoutIt(double absurd) {
        assertThat(anomalies(trained(room()), with(absurd))).isEqualTo(plus(anomalies(trained(room()), room())));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e12, -1e12, 2147483647, 1e300, 1e308})
    void aStreamsDetectorTellsItOnceAndGoesOn(double absurd) {
        List<Integer> found = anomalies(StreamDetector.withoutForest(), with(absurd));
        assertThat(found).contains(AT).doesNotContain(AT + 1, AT + 2, AT + 3);
        assertThat(anomalies(new StreamDetector(1), with(absurd))).contains(AT);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e12, 2147483647, 1e300, 1e308})
    void aTrainingLearnsNothingOfIt(double absurd) {
        double[] values = room();
        RoomModel usual = training(values).model();
        values[20 * DAY] = absurd;
        RoomModel model = training(values).model();
        usual.allowed()
                .forEach((feature, allowed) -> assertThat(model.allowed().get(feature))
                        .as(feature.name())
                        .isCloseTo(allowed, within(0.05 * allowed)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e12, -1e50, 1e99, 1e300})
    void amongTheFirstValuesItMakesNoScoreThatIsNoNumber(double absurd) {
        double[] values = room();
        values[5] = absurd;
        StreamDetector detector = new StreamDetector(1);
        for (int i = 0; i < 20 * DAY; i++) {
            assertThat(detector.next((long) i * INTERVAL, values[i]).score()).isBetween(0.0, 1.0);
        }
    }

    private static Training training(double[] values) {
        long[] seconds = new long[35 * DAY];
        double[] learned = new double[seconds.length];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = (long) i * INTERVAL;
            learned[i] = values[i];
        }
        return new Training(seconds, learned, new AlarmBudget(0.7));
    }

    private static Detector trained(double[] values) {
        return new TrainedDetector(training(values).model());
    }

    private static List<Integer> anomalies(Detector detector, double[] values) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (detector.next((long) i * INTERVAL, values[i]).anomaly()) {
                found.add(i);
            }
        }
        return found;
    }

    private static List<Integer> plus(List<Integer> anomalies) {
        List<Integer> all = new ArrayList<>(anomalies);
        all.add(AT);
        return all.stream().sorted().toList();
    }
}
