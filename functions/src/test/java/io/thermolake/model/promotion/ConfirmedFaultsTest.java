package io.thermolake.model.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.RecordJson;
import io.thermolake.detect.Rows;
import io.thermolake.detect.SensorRules;
import io.thermolake.detect.Training;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten days of a reading every ten minutes: 1440 of them, of which 144 may be left out. */
class ConfirmedFaultsTest {
    private static final Rows TRAINING = MadeUpRoom.days(10, 1);

    /** @param from in hours @param to in hours, inclusive */
    private static ConfirmedFault fault(double from, double to) {
        return new ConfirmedFault(
                Instant.ofEpochSecond((long) (from * 3600)),
                Instant.ofEpochSecond((long) (to * 3600)),
                null,
                Instant.EPOCH);
    }

    @Test
    void whatNobodyConfirmedStaysIn() {
        ConfirmedFaults.Left left = ConfirmedFaults.none().outOf(TRAINING);
        assertThat(left.rows().seconds()).isEqualTo(TRAINING.seconds());
        assertThat(left.words()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // two faults in hours; left out, kept in, first hour that is left out
        "10, 12,     20, 22,     26,  0,  10",
        "10, 10,     10, 10,     1,   0,  10",
        "0,  23.9,   30, 30,     145, 0,  0",
        "0,  24,     100, 124,   144, 146, 100.1667",
        "10, 20,     15, 25,     91,  0,  10",
        "300, 400,   -5, -1,     0,   0,  -1",
        "0,  240,    0,  1,      144, 1296, 216",
    })
    void theNewestAreLeftOutUpToATenth(
            double from1, double to1, double from2, double to2, int leftOut, int keptIn, double first) {
        ConfirmedFaults.Left left = new ConfirmedFaults(List.of(fault(from1, to1), fault(from2, to2))).outOf(TRAINING);
        int cap = TRAINING.size() / 10;
        assertThat(left.leftOut()).isEqualTo(Math.min(leftOut, cap));
        assertThat(left.keptIn()).isEqualTo(keptIn + Math.max(0, leftOut - cap));
        assertThat(left.rows().size()).isEqualTo(TRAINING.size() - left.leftOut());
        if (first > 0) {
            assertThat(left.rows().seconds()).doesNotContain((long) Math.ceil(first * 6) * 600);
        }
    }

    @Test
    void itIsSaidWhatWasLeftOut() {
        assertThat(new ConfirmedFaults(List.of(fault(10, 12))).outOf(TRAINING).words())
                .isEqualTo("13 readings of confirmed faults left out");
        assertThat(new ConfirmedFaults(List.of(fault(0, 240))).outOf(TRAINING).words())
                .isEqualTo(
                        "144 readings of confirmed faults left out, 1296 older ones kept in, since no more than 10 % are left out");
    }

    @Test
    void theSameTimeConfirmedAgainIsOneFault() {
        ConfirmedFault noted = new ConfirmedFault(Instant.EPOCH, Instant.EPOCH, "a window", Instant.EPOCH);
        ConfirmedFaults faults =
                ConfirmedFaults.none().and(fault(5, 6)).and(fault(0, 0)).and(noted);
        assertThat(faults.faults()).containsExactly(noted, fault(5, 6));
    }

    @Test
    void aFaultEndsAfterItBegins() {
        assertThatThrownBy(() -> fault(2, 1))
                .hasMessage("a fault from 1970-01-01T02:00:00Z cannot end at 1970-01-01T01:00:00Z");
    }

    @Test
    void itIsReadBackAsItWasWritten() {
        ConfirmedFaults faults = new ConfirmedFaults(List.of(fault(1, 2)));
        String json = RecordJson.gson().toJson(faults);
        assertThat(json)
                .isEqualTo("{\"faults\":[{\"from\":\"1970-01-01T01:00:00Z\",\"to\":\"1970-01-01T02:00:00Z\","
                        + "\"confirmedAt\":\"1970-01-01T00:00:00Z\"}]}");
        assertThat(RecordJson.gson().fromJson(json, ConfirmedFaults.class)).isEqualTo(faults);
    }

    @Test
    void theHoleThatAFaultLeavesIsNoSilence() {
        ConfirmedFaults faults = new ConfirmedFaults(List.of(fault(48, 60)));
        Rows kept = faults.outOf(TRAINING).rows();
        assertThat(new Training(kept.seconds(), kept.values(), new io.thermolake.detect.AlarmBudget(1))
                        .model()
                        .rules()
                        .longestGapSeconds())
                .as("by itself it would be")
                .isGreaterThan(12 * 3600);
        SensorRules rules = KeptRules.of(kept, faults);
        assertThat(rules.longestGapSeconds()).isEqualTo(600);
        assertThat(rules.intervalSeconds()).isEqualTo(600);
    }

    @Test
    void aConfirmedSilenceIsForgottenAndAnotherOneIsNot() {
        Rows silent = TRAINING.between(0, 48 * 3600).and(TRAINING.between(60 * 3600, 10 * 86_400));
        assertThat(KeptRules.of(silent, ConfirmedFaults.none()).longestGapSeconds())
                .isEqualTo(12 * 3600 + 600);
        assertThat(KeptRules.of(silent, new ConfirmedFaults(List.of(fault(50, 55))))
                        .longestGapSeconds())
                .isEqualTo(600);
    }

    @Test
    void aRunDoesNotGoOnBeyondAFault() {
        long[] seconds = {0, 600, 1200, 7200, 7800};
        Rows same = new Rows(seconds, new double[] {20, 20, 20, 20, 20});
        assertThat(KeptRules.of(same, ConfirmedFaults.none()).longestRunSeconds())
                .isEqualTo(7800);
        assertThat(KeptRules.of(same, new ConfirmedFaults(List.of(fault(0.5, 1))))
                        .longestRunSeconds())
                .isEqualTo(1200);
    }
}
