package io.thermolake.model;

import static java.util.Objects.requireNonNull;

import io.thermolake.Flat;
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
import java.time.LocalDate;
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
 * @param learned what it learns from
 * @param forest how its forest is made
 * @param rules how its limits are made
 */
public record Recipe(
        String room,
        String version,
        Instant trainedAt,
        @Flat Learned learned,
        @Flat ForestRecipe forest,
        @Flat Rules rules) {

    /**
     * The readings that a version learns from.
     *
     * @param firstDay {@code YYYY-MM-DD}
     * @param lastDay inclusive
     * @param manifest that has those days
     * @param readings of those days
     * @param rows that its forest learns from: the readings after the first days
     */
    public record Learned(String firstDay, String lastDay, long manifest, long readings, long rows) {
        /** What a lesson of readings is of. */
        public static Learned of(LearningDays days, long manifest, long readings, Lesson lesson) {
            return new Learned(
                    days.first().toString(),
                    days.last().toString(),
                    manifest,
                    readings,
                    lesson.rows().size());
        }

        /** The days. */
        public LearningDays days() {
            return new LearningDays(LocalDate.parse(firstDay), LocalDate.parse(lastDay));
        }
    }

    /**
     * How a version's forest is made.
     *
     * @param trainer of it
     * @param fallback why that is not the stack's detector, null where it is
     * @param hyperparameters as SageMaker takes them
     * @param seed of an embedded forest; SageMaker has its own
     * @param features their names, in the order of a row
     */
    public record ForestRecipe(
            Trainer trainer,
            @Nullable String fallback,
            Map<String, String> hyperparameters,
            @Nullable Long seed,
            List<String> features) {
        public ForestRecipe {
            requireNonNull(trainer, "recipe.trainer is null");
            features = List.copyOf(features);
            // Sorted: Map.copyOf has another order in each JVM, and the same model must have the same text.
            hyperparameters = Collections.unmodifiableMap(new TreeMap<>(hyperparameters));
        }

        /** @throws NullPointerException when the recipe has none of this name */
        public int hyperparameter(String name) {
            return Integer.parseInt(requireNonNull(hyperparameters.get(name), () -> "a recipe has no " + name));
        }
    }

    /**
     * How a version's limits are made.
     *
     * @param alarmBudget false alarms a sensor and month
     * @param thresholdDeviations how the forest's limit is made, null for the alarm budget
     * @param limits of rules and features, not yet of the forest
     * @param before the version in use then, whose limits these do not undercut by more than a tenth; null where there was none
     * @param faults confirmed ones of the days that it learns from, which it leaves out
     * @param leftOut readings of them, in words; empty where there are none
     */
    public record Rules(
            double alarmBudget,
            @Nullable Double thresholdDeviations,
            RoomModel limits,
            @Nullable String before,
            ConfirmedFaults faults,
            String leftOut) {
        public Rules {
            requireNonNull(limits, "recipe.limits is null");
            faults = faults == null ? ConfirmedFaults.none() : faults;
            leftOut = leftOut == null ? "" : leftOut;
        }
    }

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
    }

    /**
     * @param learned that the lesson is of
     * @param fallback why the trainer is not the stack's detector, or null
     * @param before the version in use, or null
     * @param faults that the lesson leaves out
     */
    public static Recipe of(
            String room,
            Instant now,
            Learned learned,
            Lesson lesson,
            Settings settings,
            Trainer trainer,
            @Nullable String fallback,
            @Nullable String before,
            ConfirmedFaults faults) {
        List<String> features = Contexts.names(lesson.limits());
        Map<String, String> parameters =
                Hyperparameters.of(settings, features.size()).toMap();
        double budget = settings.detection().alarmBudget();
        Double deviations =
                settings.forest().thresholdByDeviations() ? settings.forest().thresholdDeviations() : null;
        String rows = FeatureCsv.of(lesson.rows());
        Way way = new Way(trainer, new TreeMap<>(parameters), budget, deviations, lesson.limits());
        Long seed = trainer == Trainer.EMBEDDED
                ? Long.parseUnsignedLong(Sha256.of(rows).substring(0, 15), 16)
                : null;
        return new Recipe(
                room,
                SageMakerNames.version(now, RecordJson.gson().toJson(way) + "\n" + rows),
                now,
                learned,
                new ForestRecipe(trainer, fallback, parameters, seed, features),
                new Rules(budget, deviations, lesson.limits(), before, faults, lesson.leftOut()));
    }
}
