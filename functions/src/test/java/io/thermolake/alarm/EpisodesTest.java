package io.thermolake.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpisodesTest {
    @ParameterizedTest
    @CsvSource({
        // minutes of anomalies, cool-down, starts of alarms
        "'',            PT30M, ''",
        "0,             PT30M, 0",
        "0 1 2,         PT30M, 0",
        "0 30,          PT30M, 0",
        "0 31,          PT30M, 0 31",
        "0 30 60 90,    PT30M, 0",
        "0 20 55 56,    PT30M, 0 55",
        "0 1 2,         PT0S,  0 1 2",
    })
    void anAnomalyWithinTheCoolDownOfTheLastBelongsToItsEpisode(String minutes, Duration coolDown, String starts) {
        List<Anomaly> anomalies = new ArrayList<>();
        for (String minute : minutes.isEmpty() ? new String[0] : minutes.split(" ")) {
            anomalies.add(anomaly(at(Integer.parseInt(minute)), 30, 3));
        }

        assertThat(Episodes.of(anomalies, coolDown).stream().map(Alarm::start))
                .containsExactly(
                        starts.isEmpty()
                                ? new String[0]
                                : java.util.Arrays.stream(starts.split(" "))
                                        .map(s -> at(Integer.parseInt(s)))
                                        .toArray(String[]::new));
    }

    @Test
    void theWorstAndTheKindAreThoseOfTheHighestScore() {
        List<Anomaly> anomalies = List.of(
                anomaly(at(0), 30, 0.6),
                new Anomaly(at(1), at(1), 5, 0.9, "unusual_day"),
                anomaly(at(2), 33, 0.9),
                anomaly(at(3), 40, 0.55));

        assertThat(Episodes.of(anomalies, Duration.ofMinutes(30)))
                .containsExactly(new Alarm(at(0), at(3), 5, 0.9, 4, "unusual_day"));
    }

    @Test
    void anEpisodeGoesOnOverMidnight() {
        List<Anomaly> anomalies =
                List.of(anomaly("2026-03-30 23:59:00", 30, 0.6), anomaly("2026-03-31 00:00:00", 31, 0.7));

        assertThat(Episodes.of(anomalies, Duration.ofMinutes(30)))
                .containsExactly(new Alarm("2026-03-30 23:59:00", "2026-03-31 00:00:00", 31, 0.7, 2, "jump"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void everyAnomalyIsInExactlyOneAlarm(long seed) {
        Random random = new Random(seed);
        List<Anomaly> anomalies = new ArrayList<>();
        for (int minute = 0; minute < 1440; minute += 1 + random.nextInt(60)) {
            anomalies.add(anomaly(at(minute), random.nextDouble(), random.nextDouble()));
        }

        List<Alarm> alarms = Episodes.of(anomalies, Duration.ofMinutes(30));

        assertThat(alarms.stream().mapToInt(Alarm::readings).sum())
                .as("seed %d", seed)
                .isEqualTo(anomalies.size());
        assertThat(alarms).as("seed %d", seed).isSortedAccordingTo(java.util.Comparator.comparing(Alarm::start));
    }

    @Test
    void aSilenceBeginsWhenItBecameTooLong() {
        Anomaly back = new Anomaly(at(300), at(130), 21, 0.7, "silent");

        assertThat(Episodes.of(List.of(back), Duration.ofMinutes(30)))
                .containsExactly(new Alarm(at(130), at(300), 21, 0.7, 1, "silent"));
        assertThat(Episodes.of(List.of(anomaly(at(110), 30, 0.6), back), Duration.ofMinutes(30)))
                .as("within the cool-down of what was before")
                .containsExactly(new Alarm(at(110), at(300), 21, 0.7, 2, "silent"));
    }

    @Test
    void aSilenceThatLastsCountsNoReading() {
        Episodes episodes = new Episodes(Duration.ofMinutes(30));
        episodes.lasting(new Anomaly(at(300), at(130), 21, 0.7, "silent"));

        assertThat(episodes.alarms()).containsExactly(new Alarm(at(130), at(300), 21, 0.7, 0, "silent"));
    }

    private static Anomaly anomaly(String at, double temperature, double score) {
        return new Anomaly(at, at, temperature, score, "jump");
    }

    private static String at(int minute) {
        return "2026-03-30 %02d:%02d:00".formatted(minute / 60, minute % 60);
    }
}
