package io.thermolake.model.promotion;

import io.thermolake.detect.AlarmBudget;
import io.thermolake.model.CurrentModel;
import io.thermolake.model.promotion.Promotion.Put;
import io.thermolake.model.promotion.Promotion.Rejected;
import io.thermolake.model.promotion.Promotion.Stays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a trained model is put in use: all that is decided of it is decided here. A run's must be newer than the model in use,
 * and must not undo what a person did. Then it must not alarm more often than the budget, or than the model in use on the same
 * days, and must find as many of the injected faults as that one. A room's first model is held against a looser budget: what
 * fails that is not used, since alarms that nobody believes are worse than the sensor's rules alone, with which the room stays
 * until another model passes or somebody puts this one in use by hand.
 */
public final class PromotionRule {
    /** What is said of a version that was not tried. */
    public static final String NOT_TRIED = "not tried: the room has too few days to hold some back";

    /** One fault of the 24 is luck. */
    static final double TOLERANCE = 0.05;
    /** A room's first model may alarm as often as this many budgets. */
    static final double FIRST = 4;

    private static final double MOST_BUDGET = 100;
    private static final int TIME_LENGTH = "yyyyMMddTHHmmssZ".length();

    private final AlarmBudget budget;

    public PromotionRule(AlarmBudget budget) {
        this.budget = budget;
    }

    /**
     * By a run.
     *
     * @param current what is in use, or null
     * @param tried asked only where the version may follow what is in use: it reads and judges days of readings
     */
    public Promotion byRun(@Nullable CurrentModel current, String version, String runId, Supplier<Tried> tried) {
        Promotion order = order(current, version, runId);
        if (!(order instanceof Put)) {
            return order;
        }
        Promotion worth = worth(tried.get());
        return worth instanceof Put ? new Put(order.reason() + "; " + worth.reason()) : worth;
    }

    /** By a person, whatever was decided by rule. @param current what is in use, or null */
    public static Promotion byHand(@Nullable CurrentModel current, String version) {
        return current != null && current.version().equals(version)
                ? new Stays(false, "in use already")
                : new Put("by hand");
    }

    /** By when both were trained and who put the one in use there. */
    static Promotion order(@Nullable CurrentModel current, String version, String runId) {
        if (current == null) {
            return new Put("the room's first model");
        }
        if (current.version().equals(version)) {
            return current.promotedBy().equals(runId)
                    ? new Stays(true, "promoted by this run already")
                    : new Stays(false, "in use already");
        }
        if (time(current.version()).compareTo(time(version)) > 0) {
            return new Stays(false, "the model in use, %s, is newer".formatted(current.version()));
        }
        if (current.byHand() && current.wasInUse(version)) {
            // A redrive of the run that trained it must not undo a rollback.
            return new Stays(
                    false, "it was in use before, and %s was put in its place by hand".formatted(current.version()));
        }
        return new Put("follows " + current.version());
    }

    /** By what both do on the days that were held back. */
    Promotion worth(Tried tried) {
        HeldBackMetrics candidate = tried.candidate();
        HeldBackMetrics current = tried.inUse();
        if (candidate == null) {
            return new Put(NOT_TRIED);
        }
        if (current == null) {
            return first(candidate);
        }
        if (candidate.alarms() > current.alarms() && !within(budget, candidate)) {
            return new Rejected("too many alarms: %s; the model in use: %s; the budget is %s a month"
                    .formatted(candidate.words(), current.words(), budget.alarmsASensorMonth()));
        }
        if (candidate.recall() < current.recall() - TOLERANCE) {
            return new Rejected(
                    "finds less than the model in use: %s; that one: %s".formatted(candidate.words(), current.words()));
        }
        return new Put("%s; the model before: %s".formatted(candidate.words(), current.words()));
    }

    private Promotion first(HeldBackMetrics candidate) {
        double loose = Math.min(MOST_BUDGET, FIRST * budget.alarmsASensorMonth());
        return within(new AlarmBudget(loose), candidate)
                ? new Put(candidate.words())
                : new Rejected(
                        "too many alarms for a first model: %s; the room keeps its sensor's rules alone until another model"
                                        .formatted(candidate.words())
                                + " passes, or this one is put in use by hand");
    }

    private static boolean within(AlarmBudget budget, HeldBackMetrics metrics) {
        return AlarmCount.within(budget, metrics.alarms(), metrics.days());
    }

    private static String time(String version) {
        return version.substring(0, Math.min(TIME_LENGTH, version.length()));
    }
}
