package io.thermolake.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.detect.Cause;
import io.thermolake.detect.RoomModel;
import io.thermolake.lake.RoomReading;
import io.thermolake.model.training.Lesson;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DayByDayTest {
    private static final LocalDate FIRST = LocalDate.parse("2026-01-05");

    private final TreeMap<LocalDate, List<RoomReading>> days = new TreeMap<>();
    private RoomModel model = model(60);

    /** Every ten minutes; office hours. */
    private RoomModel model(int number) {
        Random random = new Random(3);
        for (LocalDate day = FIRST; day.isBefore(FIRST.plusDays(number)); day = day.plusDays(1)) {
            List<RoomReading> readings = new ArrayList<>();
            for (int minute = 0; minute < 1440; minute += 10) {
                boolean used = day.getDayOfWeek().getValue() < 6 && minute >= 420 && minute < 1080;
                readings.add(new RoomReading(
                        "%s %02d:%02d:00".formatted(day, minute / 60, minute % 60),
                        Math.round(100 * ((used ? 21 : 18) + 0.05 * random.nextGaussian())) / 100.0));
            }
            days.put(day, readings);
        }
        return Lesson.of(
                        days.values().stream()
                                .flatMap(List::stream)
                                .limit(28 * 144)
                                .toList(),
                        0.7)
                .limits();
    }

    private List<DayByDay.Seen> see(DayByDay by, LocalDate day) {
        return by.see(day, days.getOrDefault(day, List.of()));
    }

    private void pass(DayByDay by, LocalDate from, LocalDate to) {
        for (LocalDate day = from; day.isBefore(to); day = day.plusDays(1)) {
            by.pass(day, days.getOrDefault(day, List.of()));
        }
    }

    /** A run that scores everything, one that scores a day, and one that finds some days scored say the same. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 9, 20, 29, 30, 31, 45, 59})
    void whatIsSaidOfADayDoesNotDependOnWhatElseWasAsked(int number) {
        LocalDate day = FIRST.plusDays(number);
        DayByDay everything = new DayByDay(model);
        for (LocalDate before = FIRST; before.isBefore(day); before = before.plusDays(1)) {
            see(everything, before);
        }
        DayByDay alone = new DayByDay(model);
        pass(alone, number < 29 ? FIRST : day.minusDays(29), day);
        DayByDay gaps = new DayByDay(model);
        for (LocalDate before = FIRST; before.isBefore(day); before = before.plusDays(1)) {
            if (before.getDayOfMonth() % 3 == 0) {
                see(gaps, before);
            } else {
                pass(gaps, before, before.plusDays(1));
            }
        }

        List<DayByDay.Seen> said = see(everything, day);

        assertThat(see(alone, day)).isEqualTo(said);
        assertThat(see(gaps, day)).isEqualTo(said);
    }

    @Test
    void aRoomThatIsNotKnownYetIsWatchedByItsSensorsRulesAlone() {
        days.get(FIRST.plusDays(2)).replaceAll(r -> new RoomReading(r.timestamp(), r.temperature() + 9));
        days.get(FIRST.plusDays(3)).replaceAll(r -> new RoomReading(r.timestamp(), 18));
        DayByDay by = new DayByDay(model);
        pass(by, FIRST, FIRST.plusDays(2));

        List<DayByDay.Seen> hot = see(by, FIRST.plusDays(2));
        List<DayByDay.Seen> stuck = see(by, FIRST.plusDays(3));

        assertThat(hot).noneMatch(s -> s.warm() || s.context().verdict().anomaly());
        assertThat(stuck)
                .anyMatch(s -> s.context().verdict().anomaly() && s.context().cause() == Cause.STUCK);
    }

    /** Else a limit would be held against a feature that the training never saw. */
    @Test
    void aRoomIsKnownAfterAsLongAsItsTrainingWaits() {
        List<RoomReading> all =
                days.values().stream().flatMap(List::stream).limit(20 * 144).toList();
        int warmUp = all.size() - Lesson.of(all, 0.7).rows().size();

        DayByDay by = new DayByDay(model);
        List<DayByDay.Seen> seen = new ArrayList<>();
        for (LocalDate day = FIRST; day.isBefore(FIRST.plusDays(20)); day = day.plusDays(1)) {
            seen.addAll(see(by, day));
        }

        assertThat(seen.stream().filter(s -> !s.warm())).hasSize(warmUp);
    }

    @Test
    void aSilenceHasBegunWhenItBecameTooLong() {
        LocalDate day = FIRST.plusDays(40);
        days.get(day)
                .removeIf(r -> r.timestamp().compareTo(day + " 10:00:00") > 0
                        && r.timestamp().compareTo(day + " 19:00:00") < 0);
        DayByDay by = new DayByDay(model);
        pass(by, day.minusDays(29), day);

        DayByDay.Seen back = see(by, day).stream()
                .filter(s -> s.context().cause() == Cause.SILENT
                        && s.context().verdict().anomaly())
                .findFirst()
                .orElseThrow();

        assertThat(back.since())
                .isEqualTo(new RoomReading(day + " 10:00:00", 0).second()
                        + (long) model.rules().allowedGap());
    }

    @Test
    void withoutLimitsThereIsNothingToWarmUp() {
        DayByDay by = new DayByDay(new RoomModel(model.rules(), Map.of()));

        assertThat(see(by, FIRST)).hasSize(144).allMatch(DayByDay.Seen::warm);
    }
}
