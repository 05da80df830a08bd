package io.thermolake.model.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.detect.AlarmBudget;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A budget of 0.7 alarms a sensor-month; seven days held back, 24 faults. */
class PromotionRuleTest {
    private static final Instant FROM = Instant.parse("2026-03-24T00:00:00Z");
    private final PromotionRule rule = new PromotionRule(new AlarmBudget(0.7));

    private static HeldBackMetrics metrics(int alarms, int found) {
        return new HeldBackMetrics(FROM, FROM.plus(Duration.ofDays(7)), alarms, 24, found, Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        // candidate: alarms, found; in use: alarms, found; put in use; in its reason
        "0, 22, 0, 22, true,  0 alarms in 7.0 days and 22 of 24 injected faults found",
        "0, 24, 0, 20, true,  20 of 24",
        "0, 21, 0, 22, true,  21 of 24",
        "0, 20, 0, 22, false, finds less than the model in use",
        "1, 22, 0, 22, true,  1 alarm in 7.0 days",
        "2, 22, 0, 22, false, too many alarms: 2 alarms in 7.0 days",
        "2, 24, 0, 10, false, the budget is 0.7 a month",
        "5, 22, 5, 22, true,  5 alarms",
        "4, 22, 5, 22, true,  4 alarms",
        "6, 22, 5, 22, false, too many alarms",
        "5, 10, 5, 22, false, finds less",
        "0, 0,  0, 0,  true,  0 of 24",
    })
    void againstTheModelInUse(int alarms, int found, int before, int foundBefore, boolean promoted, String reason) {
        Promotion decision = rule.worth(new Tried(metrics(alarms, found), metrics(before, foundBefore)));
        assertThat(decision).isInstanceOf(promoted ? Promotion.Put.class : Promotion.Rejected.class);
        assertThat(decision.reason()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 22, true,  0 alarms in 7.0 days",
        "2, 22, true,  2 alarms in 7.0 days",
        "2, 0,  true,  0 of 24 injected faults found",
        "3, 24, false, too many alarms for a first model",
        "9, 24, false, put in use by hand",
    })
    void aFirstModelMayAlarmMoreOftenButMustNotCryWolf(int alarms, int found, boolean promoted, String reason) {
        Promotion decision = rule.worth(new Tried(metrics(alarms, found), null));
        assertThat(decision).isInstanceOf(promoted ? Promotion.Put.class : Promotion.Rejected.class);
        assertThat(decision.reason()).contains(reason);
    }

    @Test
    void whereNoDaysAreHeldBackItIsPutInUseAndSaid() {
        assertThat(rule.worth(new Tried(null, metrics(0, 24))))
                .isEqualTo(new Promotion.Put("not tried: the room has too few days to hold some back"));
        assertThat(rule.worth(Tried.NOT)).isInstanceOf(Promotion.Put.class);
    }

    @ParameterizedTest
    @CsvSource({
        // budget a month, alarms, days, whether so many go with it
        "0.7,  0, 7,  true",
        "0.7,  1, 7,  true",
        "0.7,  2, 7,  false",
        "0.7,  3, 90, true",
        "0.7,  5, 90, true",
        "0.7,  6, 90, false",
        "0.01, 0, 7,  true",
        "0.01, 1, 7,  false",
        "20,   8, 7,  true",
        "20,   9, 7,  false",
        "100,  30, 7, true",
    })
    void howManyAlarmsGoWithABudget(double budget, int alarms, double days, boolean within) {
        assertThat(AlarmCount.within(new AlarmBudget(budget), alarms, days)).isEqualTo(within);
    }
}
