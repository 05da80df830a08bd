package io.thermolake.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlarmGateTest {
    /** A row an hour; x is an anomaly, and ! the one that is an alarm. */
    @ParameterizedTest
    @CsvSource({
        "2, 0, ....!xx...!",
        "2, 0, !.x.x.x....",
        "0, 3, !..x..x....!",
        "2, 5, !....x......!",
        "9, 0, !.........!",
        "0, 0, !!.!",
    })
    void onlyTheFirstAnomalyAfterTheCoolDownIsAnAlarm(long hours, int rows, String series) {
        AlarmGate gate = new AlarmGate(hours * 3600, rows);
        List<Integer> alarms = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < series.length(); i++) {
            if (gate.alarm(i * 3600L, series.charAt(i) != '.')) {
                alarms.add(i);
            }
            if (series.charAt(i) == '!') {
                expected.add(i);
            }
        }
        assertThat(alarms).isEqualTo(expected);
    }
}
