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

    /** Verdicts a row an hour: how far out, and of what; ! marks an alarm. */
    @ParameterizedTest
    @CsvSource({
        "a slight oddity hides no silence, UNUSUAL_HOURS 1.1! SILENT 1.5 SILENT 2.5! SILENT 9",
        "nor a spike, UNUSUAL_DAY 1.2! JUMP 4!",
        "but what is hardly worse, UNUSUAL_DAY 1.2! JUMP 2",
        "and what grows is one, UNUSUAL_HOURS 1.1! UNUSUAL_DAY 3 UNUSUAL_HOURS 9",
        "the worst of the episode counts, JUMP 5! ROUGH 1.2 UNUSUAL_DAY 3 UNUSUAL_DAY 11!",
        "none is an anomaly, JUMP 0.9 SILENT 1",
    })
    void anEpisodeWithinAnotherBeginsWithAnotherKindThatIsTwiceAsFarOut(String what, String series) {
        AlarmGate gate = new AlarmGate(6 * 3600L, 0);
        String[] words = series.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            double ratio = Double.parseDouble(words[i + 1].replace("!", ""));
            Verdict verdict = Verdict.of(ratio, Cause.valueOf(words[i]));
            assertThat(gate.alarm(i * 1800L, verdict))
                    .as("%s: %s", what, words[i + 1])
                    .isEqualTo(words[i + 1].endsWith("!"));
        }
    }
}
