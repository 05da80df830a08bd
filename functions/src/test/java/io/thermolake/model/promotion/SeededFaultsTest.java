package io.thermolake.model.promotion;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thermolake.detect.Rows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeededFaultsTest {
    private static final Rows ALL = MadeUpRoom.days(35, 1);
    private static final Rows BEFORE = ALL.between(0, 28 * MadeUpRoom.DAY);
    private static final Rows DAYS = ALL.between(28 * MadeUpRoom.DAY, 35 * MadeUpRoom.DAY);

    private static List<Faulted> faults(long seed) {
        return new SeededFaults(BEFORE, DAYS, seed).all(3);
    }

    @Test
    void aWeekHasEveryKindOfFaultThreeTimes() {
        Map<FaultKind, List<Faulted>> kinds =
                faults(1).stream().collect(groupingBy(f -> f.fault().kind()));
        assertThat(kinds).containsOnlyKeys(FaultKind.values());
        assertThat(kinds.values()).allSatisfy(f -> assertThat(f).hasSize(3));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 99})
    void eachFaultIsAloneAndItsDeadlineLiesInTheDays(long seed) {
        for (Faulted copy : faults(seed)) {
            Fault fault = copy.fault();
            assertThat(fault.start()).isGreaterThanOrEqualTo(DAYS.second(0));
            assertThat(fault.deadline()).isLessThanOrEqualTo(DAYS.second(DAYS.size() - 1));
            assertThat(copy.rows().between(0, fault.start()).values())
                    .as("before %s", fault)
                    .isEqualTo(DAYS.between(0, fault.start()).values());
            if (fault.kind() != FaultKind.HEATING_OFF) {
                assertThat(copy.rows().between(fault.end(), Long.MAX_VALUE).values())
                        .as("after %s", fault)
                        .isEqualTo(DAYS.between(fault.end(), Long.MAX_VALUE).values());
            }
        }
    }

    @Test
    void theSameSeedMakesTheSameFaultsAndAnotherOneOthers() {
        List<Faulted> once = faults(7);
        List<Faulted> again = faults(7);
        for (int i = 0; i < once.size(); i++) {
            assertThat(again.get(i).fault()).isEqualTo(once.get(i).fault());
            assertThat(again.get(i).rows().values())
                    .isEqualTo(once.get(i).rows().values());
        }
        assertThat(faults(8))
                .extracting(Faulted::fault)
                .doesNotContainAnyElementsOf(once.stream().map(Faulted::fault).toList());
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void aFaultIsWhatItsKindSays(FaultKind kind) {
        for (Faulted copy : faults(3)) {
            Fault fault = copy.fault();
            if (fault.kind() != kind) {
                continue;
            }
            Rows was = DAYS.between(fault.start(), fault.end());
            Rows is = copy.rows().between(fault.start(), fault.end());
            switch (kind) {
                case SPIKE -> {
                    assertThat(was.size()).isEqualTo(1);
                    assertThat(Math.abs(is.value(0) - was.value(0))).isBetween(2.9, 4.1);
                }
                case OFFSET -> {
                    for (int i = 0; i < is.size(); i++) {
                        assertThat(is.value(i) - was.value(i)).isCloseTo(fault.size(), within(0.06));
                    }
                }
                case DRIFT -> {
                    int fiveDays = (int) (5 * MadeUpRoom.DAY / MadeUpRoom.STEP);
                    assertThat(is.value(0)).isEqualTo(was.value(0));
                    assertThat(is.value(fiveDays) - was.value(fiveDays)).isCloseTo(fault.size() * 5 / 7, within(0.06));
                }
                case STUCK -> assertThat(is.values()).containsOnly(was.value(0));
                case SILENT -> {
                    assertThat(is.size()).isZero();
                    assertThat(was.size()).isGreaterThan(30);
                }
                case HEATING_OFF -> {
                    int twelveHours = (int) (12 * 3600 / MadeUpRoom.STEP);
                    int last = Math.min(is.size() - 1, twelveHours);
                    assertThat(was.value(last) - is.value(last)).isBetween(2.4, 4.0);
                }
                case WRONG_HOUR -> {
                    double most = 0;
                    for (int i = 0; i < is.size(); i++) {
                        most = Math.max(most, Math.abs(is.value(i) - was.value(i)));
                    }
                    assertThat(most).isGreaterThan(2);
                }
                case NOISE -> {
                    double squares = 0;
                    for (int i = 0; i < is.size(); i++) {
                        squares += Math.pow(is.value(i) - was.value(i), 2);
                    }
                    assertThat(Math.sqrt(squares / is.size())).isCloseTo(fault.size(), within(0.15));
                }
            }
        }
    }

    @Test
    void aFaultsReadingsAreOfTheStepsThatTheSensorMakes() {
        for (Faulted copy : faults(2)) {
            for (double value : copy.rows().values()) {
                assertThat(Math.abs(value * 10 - Math.rint(value * 10)))
                        .as("%s", value)
                        .isLessThan(1e-4);
            }
        }
    }

    @Test
    void whatDoesNotFitIntoTheDaysIsNotInjected() {
        Rows twoDays = ALL.between(28 * MadeUpRoom.DAY, 30 * MadeUpRoom.DAY);
        assertThat(new SeededFaults(BEFORE, twoDays, 1).all(1))
                .extracting(f -> f.fault().kind())
                .doesNotContain(FaultKind.DRIFT)
                .contains(FaultKind.OFFSET, FaultKind.SPIKE);
    }

    @Test
    void aRoomThatIsAlwaysTheSameHasNoWrongHourAndNothingStuck() {
        long[] seconds = DAYS.seconds();
        double[] values = new double[seconds.length];
        Rows flat = new Rows(seconds, values);
        assertThat(new SeededFaults(flat.between(0, 0), flat, 1).all(1))
                .extracting(f -> f.fault().kind())
                .doesNotContain(FaultKind.WRONG_HOUR, FaultKind.STUCK)
                .contains(FaultKind.OFFSET, FaultKind.SILENT);
    }

    @Test
    void withoutDaysThereIsNothingToPutAFaultInto() {
        assertThatThrownBy(() -> new SeededFaults(BEFORE, DAYS.between(0, 0), 1))
                .hasMessage("there are no days to put a fault into");
    }
}
