package io.thermolake.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.RecordJson;
import io.thermolake.finish.Failure;
import io.thermolake.finish.Summary;
import io.thermolake.lake.Conflicts;
import io.thermolake.lake.Counts;
import io.thermolake.lake.LakeLayout;
import io.thermolake.local.cost.CostReport;
import io.thermolake.run.RunPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** What a run did, for people and as JSON. */
final class RunReport {
    private final String runId;
    private final DescribeExecutionResponse execution;
    private final Path bucket;
    private final @Nullable Summary summary;
    private final @Nullable Failure failure;
    private final List<RunSteps.Step> steps;
    private final List<CostReport.Line> cost;
    private final @Nullable String skipped;
    private final List<String> warnings;

    private RunReport(
            String runId,
            DescribeExecutionResponse execution,
            Path bucket,
            @Nullable Summary summary,
            @Nullable Failure failure,
            List<RunSteps.Step> steps,
            List<CostReport.Line> cost,
            @Nullable String skipped,
            List<String> warnings) {
        this.runId = runId;
        this.execution = execution;
        this.bucket = bucket;
        this.summary = summary;
        this.failure = failure;
        this.steps = steps;
        this.cost = cost;
        this.skipped = skipped;
        this.warnings = warnings;
    }

    /** @param before warnings of before the run, which it does not know of */
    static RunReport of(
            CloudSession session,
            String runId,
            DescribeExecutionResponse execution,
            StateTrace trace,
            Map<?, ?> meterBefore,
            List<String> before) {
        Path bucket = Path.of(session.fact("folder"));
        Summary summary =
                read(bucket.resolve(LakeLayout.summary(runId)), Summary.class).orElse(null);
        Failure failure = read(bucket.resolve(LakeLayout.failure(runId, execution.redriveCount())), Failure.class)
                .orElse(null);
        Map<String, RunPlan.Step> steps = new TreeMap<>();
        read(bucket.resolve(LakeLayout.plan(runId)), RunPlan.class)
                .ifPresent(plan -> plan.steps().forEach((step, planned) -> steps.put(step.name(), planned)));
        Map<?, ?> output =
                execution.output() == null ? Map.of() : RecordJson.gson().fromJson(execution.output(), Map.class);
        return new RunReport(
                runId,
                execution,
                bucket,
                summary,
                failure,
                RunSteps.of(trace, steps, failure, Instant.now()),
                CostReport.of(meterBefore, session.control().call("Meter", Map.of())),
                "SKIPPED".equals(output.get("outcome")) ? String.valueOf(output.get("reason")) : null,
                Stream.concat(before.stream(), summary == null ? Stream.empty() : summary.warnings().stream())
                        .toList());
    }

    private static <T> Optional<T> read(Path file, Class<T> type) {
        try {
            return Files.exists(file)
                    ? Optional.ofNullable(RecordJson.gson().fromJson(Files.readString(file, UTF_8), type))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file + " failed", e);
        }
    }

    /** Models that this run promoted. */
    private long trained() {
        return summary == null
                ? 0
                : summary.rooms().stream()
                        .filter(r -> read(bucket.resolve(LakeLayout.currentModel(r.room_id())), Promoted.class)
                                .filter(p -> runId.equals(p.promotedBy()))
                                .isPresent())
                        .count();
    }

    private record Promoted(@Nullable String promotedBy) {}

    private @Nullable Path page() {
        Path own = bucket.resolve(LakeLayout.report(runId));
        return Files.exists(own) ? own : null;
    }

    private @Nullable String error() {
        return failure == null ? execution.error() : failure.error();
    }

    private @Nullable String cause() {
        return failure == null ? execution.cause() == null ? null : execution.cause() : failure.cause();
    }

    /** The answer of {@code run --json}. */
    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Counts counts = summary == null ? Counts.none() : summary.counts();
        json.put("status", execution.statusAsString());
        json.put("runId", runId);
        json.put("now", summary == null ? null : summary.now());
        json.put("reason", skipped);
        json.put("error", error());
        json.put("cause", cause());
        json.put("bucket", bucket.toString());
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("read", counts.read());
        numbers.put("clean", counts.clean());
        numbers.put("quarantined", counts.quarantined());
        numbers.put("duplicates", counts.duplicates());
        numbers.put("conflicts", counts.conflicts());
        numbers.put("conflictRooms", counts.conflictRooms());
        numbers.put("unreadFiles", counts.unreadFiles());
        numbers.put("outOfScope", counts.outOfScope());
        json.put("counts", numbers);
        json.put("steps", steps);
        json.put("rooms", summary == null ? List.of() : summary.rooms());
        json.put("modelsTrained", trained());
        json.put("failedRooms", summary == null ? List.of() : summary.failedRooms());
        json.put("warnings", warnings);
        json.put("report", page() == null ? null : page().toString());
        json.put("cost", cost);
        return json;
    }

    void print(Console console, long millis) {
        console.say("");
        if (skipped != null) {
            console.say("%s", skipped);
            return;
        }
        if (summary == null) {
            console.say("%s after %.1f s", execution.statusAsString(), millis / 1000.0);
            // A function's error has its class for a name; its package says nothing to who reads this.
            console.say(
                    "%s: %s",
                    String.valueOf(error()).replaceFirst("^io\\.thermolake\\.(\\w+\\.)*", ""), String.valueOf(cause()));
            return;
        }
        for (RunSteps.Step step : steps) {
            if (step.status().equals("SKIPPED") && step.reason() != null) {
                console.say("  %-16s skipped: %s", step.name(), step.reason());
            }
        }
        Counts counts = summary.counts();
        if (counts.read() > 0) {
            console.say(
                    "  %s readings read = %s clean + %s quarantined%s + %s duplicates%s%s",
                    Console.count(counts.read()),
                    Console.count(counts.clean()),
                    Console.count(counts.quarantinedTotal()),
                    counts.quarantined().isEmpty() ? "" : " " + counts.quarantined(),
                    Console.count(counts.duplicates()),
                    counts.conflicts() > 0 ? " (" + Console.count(counts.conflicts()) + " conflicts)" : "",
                    counts.outOfScope() > 0 ? " + " + Console.count(counts.outOfScope()) + " out of scope" : "");
        } else {
            console.say("  nothing to do: no new readings");
        }
        Conflicts.told(counts).ifPresent(told -> console.say("  conflicts: %s", told));
        for (Summary.Room room : summary.rooms()) {
            console.say(
                    "  %-12s %9s readings, %7s scored, %d alarms%s%s",
                    room.room_id(),
                    Console.count(room.readings()),
                    Console.count(room.scored()),
                    room.alarms().size(),
                    room.conflicts() > 0 ? ", " + Console.count(room.conflicts()) + " conflicts" : "",
                    room.model() != null
                            ? ", model " + room.model()
                            : ", no model yet" + (room.reason() == null ? "" : ": " + room.reason()));
        }
        console.say(
                "  %d rooms, %d models trained, %s readings scored, %d alarms",
                summary.rooms().size(),
                trained(),
                Console.count(
                        summary.rooms().stream().mapToLong(Summary.Room::scored).sum()),
                summary.rooms().stream().mapToInt(r -> r.alarms().size()).sum());
        // A quota is told once, by a warning.
        summary.failedRooms().stream()
                .filter(r -> r.refused() == null)
                .forEach(r -> console.say("  %s FAILED: %s", r.room(), Failure.readable(r.cause())));
        warnings.forEach(w -> console.say("  warning: %s", w));
        if (page() != null) {
            console.say("  report: %s", page());
        }
        console.say(String.format(
                Locale.ROOT,
                "  on AWS this run would have cost about $%.2f",
                cost.stream().mapToDouble(CostReport.Line::usd).sum()));
        console.say("%s after %.1f s", execution.statusAsString(), millis / 1000.0);
    }
}
