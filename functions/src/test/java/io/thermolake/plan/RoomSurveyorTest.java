package io.thermolake.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.fake.FakeS3;
import io.thermolake.fake.Lab;
import io.thermolake.lake.Counts;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import io.thermolake.lake.PastFingerprints;
import io.thermolake.lake.store.LakeStore;
import io.thermolake.model.CurrentModel;
import io.thermolake.model.Recipes;
import io.thermolake.model.Trainer;
import io.thermolake.run.Run;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoomSurveyorTest {
    private static final Instant NOW = Instant.parse("2026-03-31T00:00:00Z");

    private final LakeStore store = new LakeStore(new FakeS3(), "lake");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // days to learn from, trained, by what it is scored, why it is due
                "14, -,                    -,       it has no model",
                "13, -,                    -,       not every reading is scored",
                "13, -,                    rules-1, -",
                "13, -,                    v1,      not every reading is scored",
                "14, 2026-02-01T00:00:00Z, v1,      'the model in use is 58 days old, older than 30 days'",
                "13, 2026-02-01T00:00:00Z, v1,      -",
                "14, 2026-03-30T00:00:00Z, v1,      -",
                "14, 2026-03-30T00:00:00Z, v0,      not every reading is scored by its model",
                "14, 2026-03-30T00:00:00Z, -,       not every reading is scored by its model",
            })
    void aRoomIsDueForAReason(int days, @Nullable Instant trainedAt, @Nullable String scoredBy, @Nullable String why) {
        List<Manifest.Partition> dates = dates(days);
        use(trainedAt, Trainer.SAGEMAKER, null);
        if (scoredBy != null) {
            index(scoredBy, true, "run-1", "2026-03-31 02:00:00", "PT30M", dates);
        }

        assertThat(look(dates, Map.of()).due()).isEqualTo(why == null ? Map.of() : Map.of("lab", why));
    }

    @ParameterizedTest
    @CsvSource({"true,run-1,PT30M,false", "false,run-1,PT30M,true", "true,run-0,PT30M,true", "true,run-1,PT6H,true"})
    void scoresCountOnlyAsTheyAreNow(boolean published, String runId, String coolDown, boolean due) {
        List<Manifest.Partition> dates = dates(14);
        use(Instant.parse("2026-03-30T00:00:00Z"), Trainer.SAGEMAKER, null);
        index("v1", published, runId, "2026-03-31 02:00:00", coolDown, dates);

        assertThat(look(dates, Map.of()).due().isEmpty()).isNotEqualTo(due);
    }

    @Test
    void aReadingThatCameLateMakesTheRoomDue() {
        List<Manifest.Partition> dates = dates(14);
        use(Instant.parse("2026-03-30T00:00:00Z"), Trainer.SAGEMAKER, null);
        index("v1", true, "run-1", "2026-03-31 02:00:00", "PT30M", dates);
        Manifest.Partition first = dates.get(0);
        dates.set(0, new Manifest.Partition(first.date(), "run-1", 2, Map.of("lab", 145L)));

        assertThat(look(dates, Map.of()).due()).containsKey("lab");
    }

    @ParameterizedTest
    @CsvSource({"2026-03-30 23:59:59,true", "2026-03-31 00:00:00,false"})
    void aSilentSensorIsSeenByTheClock(String silentFrom, boolean silent) {
        List<Manifest.Partition> dates = dates(14);
        use(Instant.parse("2026-03-30T00:00:00Z"), Trainer.SAGEMAKER, null);
        index("v1", true, "run-1", silentFrom, "PT30M", dates);

        RoomsDue seen = look(dates, Map.of());

        assertThat(seen.silent().containsKey("lab")).isEqualTo(silent);
        assertThat(seen.due()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // detector, model in use, why it is not the stack's, whether an endpoint is needed
                "sagemaker, -,         -,     true",
                "sagemaker, SAGEMAKER, -,     true",
                "sagemaker, EMBEDDED,  quota, false",
                "sagemaker, EMBEDDED,  -,     true",
                "embedded,  -,         -,     false",
                "embedded,  EMBEDDED,  -,     false",
                "embedded,  SAGEMAKER, -,     true",
            })
    void anEndpointIsForSageMakersForests(
            String detector, @Nullable Trainer inUse, @Nullable String fallback, boolean needed) {
        if (inUse != null) {
            use(NOW, inUse, fallback);
        }

        assertThat(look(dates(14), Map.of("DETECTOR", detector)).hosted().containsKey("lab"))
                .isEqualTo(needed);
    }

    /** As many that are learned from, and the week that is held back. */
    private static List<Manifest.Partition> dates(int learned) {
        List<Manifest.Partition> dates = new ArrayList<>();
        LocalDate end = LocalDate.parse("2026-03-31");
        for (LocalDate day = end.minusDays(7L + learned); day.isBefore(end); day = day.plusDays(1)) {
            dates.add(new Manifest.Partition(day.toString(), "run-1", 2, Map.of("lab", 144L)));
        }
        return dates;
    }

    private void use(@Nullable Instant trainedAt, Trainer trainer, @Nullable String fallback) {
        if (trainedAt != null) {
            store.put(LakeLayout.currentModel("lab"), new CurrentModel("v1", "models/lab/v1/x", "run-1"));
            store.put(
                    LakeLayout.modelCard("lab", "v1"),
                    Recipes.card(Recipes.recipe("lab", "v1", trainedAt, trainer, fallback)));
        }
    }

    private void index(
            String model,
            boolean published,
            String runId,
            String silentFrom,
            String coolDown,
            List<Manifest.Partition> dates) {
        Map<String, Object> scored = new TreeMap<>();
        PastFingerprints.of("lab", dates, 29)
                .forEach((date, past) -> scored.put(
                        date,
                        Map.of(
                                "run",
                                "run-1",
                                "past",
                                past,
                                "readings",
                                144,
                                "partition",
                                Map.of("runId", runId, "attempt", 2))));
        store.put(
                LakeLayout.scoreIndex("lab"),
                Map.of(
                        "room",
                        "lab",
                        "model",
                        model,
                        "coolDown",
                        coolDown,
                        "published",
                        published,
                        "anomalies",
                        List.of(),
                        "alarms",
                        List.of(),
                        "last",
                        Map.of("timestamp", "2026-03-30 20:00:00", "temperature", 20, "silentFrom", silentFrom),
                        "dates",
                        scored));
    }

    private RoomsDue look(List<Manifest.Partition> dates, Map<String, String> settings) {
        Manifest manifest =
                new Manifest(1, "run-1", NOW, NOW, dates, List.of(), Counts.none(), null, null, null, Map.of(), null);
        return RoomSurveyor.look(
                store, Lab.settings(settings), new Run("run-9", "arn", NOW, 1), manifest, Set.of("lab"));
    }
}
