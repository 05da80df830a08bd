package io.thermolake.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run does and why, decided once and kept as {@code runs/<id>/plan.json}.
 *
 * @param startFrom the step that the machine goes to first
 * @param steps every step with its reason
 * @param live the live objects that this run reads, for good
 * @param from inclusive, or null
 * @param to exclusive, or null
 * @param rooms the only rooms in scope, or null for all
 * @param databaseSince where the database import begins, or null for the beginning
 * @param historyFingerprint of raw/history/ as it is now
 * @param schemas source to the fingerprint of its columns, as they are after this run's crawl
 * @param listedAll whether all live objects were listed, not the last hours' only
 * @param due rooms whose detection is due, whatever is extracted
 */
public record RunPlan(
        Run run,
        String startFrom,
        Map<StepName, Step> steps,
        List<Live> live,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable List<String> rooms,
        @Nullable Instant databaseSince,
        String historyFingerprint,
        Map<String, String> schemas,
        boolean listedAll,
        List<String> due) {

    /** @param run whether the step runs; @param reason why, for people */
    public record Step(boolean run, String reason) {}

    /** A live object; {@code size} in bytes. */
    public record Live(String key, long size) {}

    /** Whether the step runs. */
    public boolean runs(StepName step) {
        Step planned = steps.get(step);
        return planned != null && planned.run();
    }
}
