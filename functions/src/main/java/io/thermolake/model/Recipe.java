package io.thermolake.model;

import static java.util.Objects.requireNonNull;

import io.thermolake.RecordJson;
import io.thermolake.Settings;
import io.thermolake.detect.Contexts;
import io.thermolake.detect.RoomModel;
import io.thermolake.lake.Sha256;
import io.thermolake.model.promotion.ConfirmedFaults;
import io.thermolake.model.training.FeatureCsv;
import io.thermolake.model.training.Hyperparameters;
import io.thermolake.model.training.LearningDays;
import io.thermolake.model.training.Lesson;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How one version of a room's model is made: {@code models/<room>/<version>/recipe.json}. It is written once, before the
 * training, since rows are normalised by its limits; promotion and scoring use exactly these.
 *
 * @param trainedAt the run's idea of the present when it was trained
 * @param firstDay that it learns from, {@code YYYY-MM-DD}
 * @param lastDay inclusive
 * @param manifest that has those days
 * @param readings of those days
 * @param rows that its forest learns from: the readings after the first days
 * @param trainer of its forest
 * @param fallback why it is not the stack's detector, null where it is
 * @param hyperparameters as SageMaker takes them
 * @param seed of an embedded forest; SageMaker has its own
 * @param features their names, in the order of a row
 * @param alarmBudget false alarms a sensor and month
 * @param thresholdDeviations how the forest's limit is made, null for the alarm budget
 * @param limits of rules and features, not yet of the forest
 * @param before the version in use then, whose limits these do not undercut by more than a tenth; null where there was none
 * @param faults confirmed ones of these days, which it does not learn
 * @param leftOut readings of them, in words; empty where there are none
 */
public record Recipe(
        String room,
        String version,
        Instant trainedAt,
        String firstDay,
        String lastDay,
        long manifest,
        long readings,
        long rows,
        Trainer trainer,
        @Nullable String fallback,
        Map<String, String> hyperparameters,
        @Nullable Long seed,
        List<String> features,
        double alarmBudget,
        @Nullable Double thresholdDeviations,
        RoomModel limits,
        @Nullable String before,
        ConfirmedFaults faults,
        String leftOut) {

    /** What makes another model of the same rows. */
    private record Way(
            Trainer trainer,
            Map<String, String> hyperparameters,
            double alarmBudget,
            @Nullable Double deviations,
            RoomModel limits) {}

    public Recipe {
        requireNonNull(room, "recipe.room is null");
        requireNonNull(version, "recipe.version is null");
        requireNonNull(trainedAt, "recipe.trainedAt is null");
        requireNonNull(trainer, "recipe.trainer is null");
        requireNonNull(limits, "recipe.limits is null");
        features = List.copyOf(features);
        faults = faults == null ? ConfirmedFaults.none() : faults;
        leftOut = leftOut == null ? "" : leftOut;
        // Sorted: Map.copyOf has another order in each JVM, and the same model must have the same text.
        hyperparameters = Collections.unmodifiableMap(new TreeMap<>(hyperparameters));
    }

    /**
     * @param manifest that the readings are of
     * @param readings that the lesson is of
     * @param fallback why the trainer is not the stack's detector, or null
     * @param before the version in use, or null
     * @param faults that the lesson leaves out
     */
    public static Recipe of(
            String room,
            Instant now,
            LearningDays days,
            long manifest,
            long readings,
            Lesson lesson,
            Settings settings,
            Trainer trainer,
            @Nullable String fallback,
            @Nullable String before,
            ConfirmedFaults faults) {
        List<String> features = Contexts.names(lesson.limits());
        Map<String, String> parameters =
                Hyperparameters.of(settings, features.size()).toMap();
        Double deviations = settings.thresholdByDeviations() ? settings.thresholdDeviations() : null;
        String rows = FeatureCsv.of(lesson.rows());
        Way way = new Way(trainer, new TreeMap<>(parameters), settings.alarmBudget(), deviations, lesson.limits());
        return new Recipe(
                room,
                SageMakerNames.version(now, RecordJson.gson().toJson(way) + "\n" + rows),
                now,
                days.first().toString(),
                days.last().toString(),
                manifest,
                readings,
                lesson.rows().size(),
                trainer,
                fallback,
                parameters,
                trainer == Trainer.EMBEDDED
                        ? Long.parseUnsignedLong(Sha256.of(rows).substring(0, 15), 16)
                        : null,
                features,
                settings.alarmBudget(),
                deviations,
                lesson.limits(),
                before,
                faults,
                lesson.leftOut());
    }

    public int hyperparameter(String name) {
        return Integer.parseInt(requireNonNull(hyperparameters.get(name), () -> version + " has no " + name));
    }
}
