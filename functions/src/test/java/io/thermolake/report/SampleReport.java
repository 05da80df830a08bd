package io.thermolake.report;

import io.thermolake.alarm.Alarm;
import io.thermolake.lake.Counts;
import io.thermolake.lake.Manifest;
import io.thermolake.model.ModelCard;
import io.thermolake.model.Recipes;
import io.thermolake.model.Refusal;
import io.thermolake.model.Trainer;
import io.thermolake.report.Report.FailedRoom;
import io.thermolake.report.RoomReport.Day;
import io.thermolake.report.RoomReport.Hour;
import io.thermolake.report.RoomReport.Totals;
import io.thermolake.run.Run;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A report with boring defaults: 14 days of one hour each, seeded. */
final class SampleReport {
    static final Instant NOW = Instant.parse("2026-03-31T00:00:00Z");

    private SampleReport() {}

    static Report report() {
        return with(
                "run-1",
                List.of(
                        room("kitchen", 21, NOW, List.of(), card("kitchen")),
                        room(
                                "lab",
                                20,
                                NOW,
                                List.of(
                                        new Alarm("2026-03-22 13:05:00", "2026-03-22 13:05:00", 25.2, 0.61, 1, "jump"),
                                        new Alarm(
                                                "2026-03-30 08:11:00",
                                                "2026-03-30 14:02:00",
                                                31.7,
                                                0.88,
                                                347,
                                                "unusual_day")),
                                card("lab")),
                        room("lobby", -3, NOW, List.of(), card("lobby")),
                        room("office", 22, NOW.minus(7, ChronoUnit.HOURS), List.of(), card("office")),
                        room(
                                "storage",
                                12,
                                NOW,
                                List.of(new Alarm(
                                        "2026-03-29 20:40:00",
                                        "2026-03-30 23:59:00",
                                        16.4,
                                        0.72,
                                        1290,
                                        "unusual_hours")),
                                null)),
                List.of(new FailedRoom(
                        "storage",
                        "io.thermolake.model.training.TrainingFailedException",
                        "The training job tl-1 of room storage ended Failed: ClientError: <no instances>")));
    }

    static Report with(String runId, List<RoomReport> rooms, List<FailedRoom> failed) {
        return with(runId, rooms, failed, List.of());
    }

    static Report with(String runId, List<RoomReport> rooms, List<FailedRoom> failed, List<Refusal> refusals) {
        return new Report(
                new Run(runId, "arn:aws:states:eu-central-1:000000000000:execution:pipeline:" + runId, NOW, 0),
                manifest("run-1"),
                rooms,
                failed,
                refusals);
    }

    static Manifest manifest(String runId) {
        return new Manifest(
                7,
                runId,
                NOW,
                NOW,
                List.of(new Manifest.Partition("2026-03-30", runId, 1, Map.of("lab", 1440L))),
                List.of(),
                new Counts(
                        217_911,
                        216_000,
                        Map.of("malformed", 12L, "bad_temperature", 3L, "future", 1L),
                        1895,
                        4,
                        0,
                        Map.of("office", 3L, "lab", 1L),
                        Map.of()),
                null,
                null,
                null,
                Map.of(),
                null);
    }

    static ModelCard card(String room) {
        return card(room, null);
    }

    static ModelCard card(String room, @Nullable String fallback) {
        return Recipes.card(Recipes.recipe(
                room,
                "20260331T000000Z-1a2b3c4d",
                NOW,
                fallback == null ? Trainer.SAGEMAKER : Trainer.EMBEDDED,
                fallback));
    }

    static RoomReport room(String id, double around, Instant last, List<Alarm> alarms, @Nullable ModelCard model) {
        Random random = new Random(id.hashCode());
        List<Hour> hours = new ArrayList<>();
        double least = Double.MAX_VALUE;
        double most = -Double.MAX_VALUE;
        for (int i = 14 * 24; i > 0; i--) {
            Instant at = NOW.minus(i, ChronoUnit.HOURS);
            if (at.isAfter(last) || (id.equals("office") && i > 150 && i < 190)) {
                continue;
            }
            double mean = around + 1.8 * Math.sin((i % 24) / 24.0 * 2 * Math.PI) + random.nextGaussian() * 0.15;
            if (id.equals("lab") && i <= 16 && i > 10) {
                mean += 9;
            }
            if (id.equals("storage") && i <= 36) {
                mean += (36 - i) * 0.12;
            }
            Hour hour =
                    new Hour(at, mean - 0.5 - random.nextDouble() * 0.4, mean, mean + 0.5 + random.nextDouble() * 0.4);
            least = Math.min(least, hour.lowest());
            most = Math.max(most, hour.highest());
            hours.add(hour);
        }
        List<Day> days = new ArrayList<>();
        for (LocalDate day = LocalDate.parse("2026-03-01");
                day.isBefore(LocalDate.parse("2026-03-31"));
                day = day.plusDays(1)) {
            days.add(new Day(day.toString(), 1440));
        }
        Totals totals = new Totals(43_200, last.minusSeconds(60), around + 0.4, least, around, most);
        return new RoomReport(id, totals, hours, days, alarms, model);
    }
}
