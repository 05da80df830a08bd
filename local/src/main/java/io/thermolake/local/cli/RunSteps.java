package io.thermolake.local.cli;

import io.thermolake.finish.Failure;
import io.thermolake.run.RunPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The steps of a run as people know them, from the states that its execution went through and the plan's reasons. */
final class RunSteps {
    /** @param seconds wall-clock time in the step's states; @param attempts the most that one of its tasks needed */
    record Step(String name, String status, @Nullable String reason, double seconds, int attempts) {}

    /** Step to the task states that do its work. */
    private static final Map<String, List<String>> STATES = new LinkedHashMap<>();

    static {
        STATES.put("PlanRun", List.of("PlanRun"));
        STATES.put("ImportS3", List.of("CrawlHistory", "ClearImport", "RunHistoryJob"));
        STATES.put("ImportDatabase", List.of("CrawlDatabase", "RunDatabaseJob"));
        STATES.put("CrawlRaw", List.of("CrawlRaw"));
        STATES.put("ExtractRooms", List.of("ExtractRooms"));
        STATES.put("CommitRun", List.of("CommitRun"));
        STATES.put("StartEndpoint", List.of("StartEndpoint"));
        STATES.put("Detect", List.of("DetectRoom", "DeleteEndpoint"));
        STATES.put("Report", List.of("RunQueries", "PublishReport"));
        STATES.put("Finish", List.of("Finish"));
    }

    private RunSteps() {}

    /**
     * @param plan the plan's steps by name; empty when the planning failed
     * @param failure what failed, or null; a failed import names its branch at the cause's beginning
     */
    static List<Step> of(StateTrace trace, Map<String, RunPlan.Step> plan, @Nullable Failure failure, Instant now) {
        List<Step> steps = new ArrayList<>();
        STATES.forEach((step, states) -> {
            List<StateTrace.Visit> visits =
                    trace.visits().stream().filter(v -> states.contains(v.name)).toList();
            boolean isFailed = failure != null
                    && (failure.step().equals(step)
                            || (failure.step().equals("ImportHistory")
                                    && failure.cause().contains(step + ": ")));
            String status = isFailed ? "FAILED" : visits.isEmpty() ? "SKIPPED" : "SUCCEEDED";
            double seconds = 0;
            if (!visits.isEmpty()) {
                Instant begin = visits.stream()
                        .map(v -> v.entered)
                        .min(Instant::compareTo)
                        .orElse(now);
                Instant end = visits.stream()
                        .map(v -> v.exited == null ? now : v.exited)
                        .max(Instant::compareTo)
                        .orElse(now);
                seconds = java.time.Duration.between(begin, end).toMillis() / 1000.0;
            }
            int attempts = visits.stream().mapToInt(v -> v.attempts).max().orElse(0);
            steps.add(new Step(step, status, reason(plan.get(step), visits.isEmpty(), failure), seconds, attempts));
        });
        return steps;
    }

    /** A step that the plan wanted and that was not reached was not skipped by the plan. */
    private static @Nullable String reason(RunPlan.@Nullable Step planned, boolean notRun, @Nullable Failure failure) {
        if (failure != null && notRun && (planned == null || planned.run())) {
            return "not reached: " + failure.step() + " failed";
        }
        return planned == null ? null : planned.reason();
    }
}
