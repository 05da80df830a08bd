package io.thermolake.local.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.reading.Timestamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesRunTest {
    private static final int ROWS = 3000;
    private static final long STEP = 900;

    @TempDir
    Path folder;

    private static String csv(Path file, OptionalLong until, DetectorChoice choice) {
        return JudgedRow.csv(SeriesRun.judge(SeriesFile.read(file, "timestamp", "value"), until, choice, 1));
    }

    private Path file(String name, int rows, double later) throws IOException {
        Random random = new Random(1);
        StringBuilder csv = new StringBuilder("timestamp,value\n");
        for (int i = 0; i < ROWS; i++) {
            double value = 20 + Math.sin(2 * Math.PI * i / 96) + 0.1 * random.nextGaussian() + (i >= rows ? later : 0);
            csv.append(Timestamps.text(1_700_000_000L + i * STEP))
                    .append(',')
                    .append(value)
                    .append('\n');
            if (later == 0 && i + 1 == rows) {
                break;
            }
        }
        return Files.writeString(folder.resolve(name), csv);
    }

    @Test
    void aPrefixAndAnotherTailGiveTheSameRowsByteForByte() throws IOException {
        Path whole = file("whole.csv", ROWS, 0);
        Path prefix = file("prefix.csv", 2700, 0);
        Path other = file("other.csv", 2700, 9);
        for (DetectorChoice choice : DetectorChoice.values()) {
            for (OptionalLong until : untils(choice)) {
                String expected = csv(prefix, until, choice);
                assertThat(csv(whole, until, choice)).startsWith(expected);
                assertThat(csv(other, until, choice)).startsWith(expected);
            }
        }
    }

    private static List<OptionalLong> untils(DetectorChoice choice) {
        OptionalLong training = OptionalLong.of(1_700_000_000L + 2500 * STEP);
        return choice == DetectorChoice.SAGEMAKER ? List.of(training) : List.of(OptionalLong.empty(), training);
    }

    @Test
    void aLateRowOfTheTrainingsTimeTeachesNothing() throws IOException {
        Path whole = file("whole.csv", 2700, 0);
        Path late = Files.writeString(
                folder.resolve("late.csv"),
                Files.readString(whole) + Timestamps.text(1_700_000_000L + 10 * STEP) + ",99\n");
        OptionalLong until = OptionalLong.of(1_700_000_000L + 2500 * STEP);
        assertThat(csv(late, until, DetectorChoice.FEATURES)).startsWith(csv(whole, until, DetectorChoice.FEATURES));
        List<JudgedRow> judged =
                SeriesRun.judge(SeriesFile.read(late, "timestamp", "value"), until, DetectorChoice.FEATURES, 1);
        assertThat(judged.get(2700).anomaly()).isTrue();
    }

    @Test
    void aForestAsSageMakerMakesItNeedsATraining() throws IOException {
        Path whole = file("whole.csv", 100, 0);
        assertThatThrownBy(() -> csv(whole, OptionalLong.empty(), DetectorChoice.SAGEMAKER))
                .hasMessageContaining("--train-until");
    }

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws IOException {
        SeriesFile file = SeriesFile.read(file("whole.csv", ROWS, 0), "timestamp", "value");
        String expected = JudgedRow.csv(SeriesRun.judge(file, OptionalLong.empty(), DetectorChoice.EMBEDDED, 7));
        assertThat(JudgedRow.csv(SeriesRun.judge(file, OptionalLong.empty(), DetectorChoice.EMBEDDED, 7)))
                .isEqualTo(expected);
        assertThat(JudgedRow.csv(SeriesRun.judge(file, OptionalLong.empty(), DetectorChoice.EMBEDDED, 8)))
                .isNotEqualTo(expected);
    }

    @Test
    void everyRowHasARowDuplicatesAndBackwardTimesAndUnreadableOnesToo() throws IOException {
        Path file = Files.writeString(folder.resolve("odd.csv"), """
                when,room,"how warm"
                2026-01-01 00:00:00,lab,20.1
                2026-01-01 00:00:00,lab,20.1
                2025-12-31 00:00:00,lab,20.2
                never,lab,20.3
                2026-01-01 00:10:00,lab,NaN
                "2026-01-01 00:20:00",lab
                1767227400,lab,20.4
                """);
        List<JudgedRow> judged = SeriesRun.judge(
                SeriesFile.read(file, "when", "how warm"), OptionalLong.empty(), DetectorChoice.EMBEDDED, 1);
        assertThat(judged).extracting(JudgedRow::readable).containsExactly(true, true, true, false, false, false, true);
        assertThat(JudgedRow.csv(judged).lines())
                .hasSize(8)
                .first()
                .isEqualTo("timestamp,value,score,threshold,is_anomaly,alarm");
        assertThat(JudgedRow.csv(judged)).contains("never,20.3,0.000000,0.5,0,0");
    }

    @Test
    void whatIsLearnedFromGivesNoAlarmAndTheFaultAfterItOne() throws IOException {
        Path file = file("fault.csv", 2900, 9);
        List<JudgedRow> judged = SeriesRun.judge(
                SeriesFile.read(file, "timestamp", "value"),
                OptionalLong.of(1_700_000_000L + 2800 * STEP),
                DetectorChoice.EMBEDDED,
                1);
        assertThat(judged.subList(0, 2900)).noneMatch(JudgedRow::alarm);
        assertThat(judged.get(2900)).satisfies(j -> assertThat(j.alarm()).isTrue());
        assertThat(judged.stream().filter(JudgedRow::alarm)).hasSize(1);
    }

    @Test
    void aColumnThatIsNotThereIsNamedWithThoseThatAre() throws IOException {
        Path file = Files.writeString(folder.resolve("named.csv"), "t,celsius\n");
        assertThatThrownBy(() -> SeriesFile.read(file, "t", "value"))
                .hasMessageContaining("no column 'value'; it has t, celsius. Name yours with --value");
        assertThatThrownBy(() -> SeriesFile.read(folder.resolve("none.csv"), "t", "value"))
                .hasMessageContaining("There is no file");
    }
}
