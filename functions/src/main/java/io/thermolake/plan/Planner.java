package io.thermolake.plan;

import io.thermolake.reading.Source;
import io.thermolake.run.BadInputException;
import io.thermolake.run.Run;
import io.thermolake.run.RunInput;
import io.thermolake.run.RunPlan;
import io.thermolake.run.StepName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Decides for each step whether it runs, and says why. Pure. */
final class Planner {
    private final Run run;
    private final RunInput input;
    private final Survey seen;
    private final Map<StepName, RunPlan.Step> steps = new EnumMap<>(StepName.class);

    private Planner(Run run, RunInput input, Survey seen) {
        this.run = run;
        this.input = input;
        this.seen = seen;
    }

    /** @throws BadInputException when a room is named that the lake does not know */
    static RunPlan plan(Run run, RunInput input, Survey seen) {
        return new Planner(run, input, seen).plan();
    }

    private RunPlan plan() {
        input.checkedAgainst(seen.lake().manifest() == 0 ? null : seen.lake().rooms());
        history();
        database();
        Map<String, String> schemas = crawlRaw();
        extract();
        commit();
        detect();
        startEndpoint();
        report();
        Instant mark = seen.database().highWaterMark();
        return new RunPlan(
                run,
                input.startFrom() == null ? StepName.starts().get(0) : input.startFrom(),
                steps,
                runs(StepName.ExtractRooms) ? seen.live().unread() : List.of(),
                input.fromTime(),
                input.toTime(),
                input.rooms(),
                mark == null || input.forced()
                        ? null
                        : mark.minus(seen.database().overlap()),
                seen.history().fingerprint(),
                schemas,
                seen.live().listedAll(),
                runs(StepName.Detect) ? inScope() : List.of());
    }

    private void history() {
        if (leftOut(StepName.ImportS3)) {
            return;
        }
        if (seen.history().objects() == 0) {
            decide(StepName.ImportS3, false, "there is no history in raw/history/");
        } else if (input.forced()) {
            decide(StepName.ImportS3, true, "force");
        } else if (seen.history().fingerprint().equals(seen.history().imported())) {
            decide(
                    StepName.ImportS3,
                    false,
                    "the %d objects of raw/history/ have not changed since they were imported"
                            .formatted(seen.history().objects()));
        } else {
            decide(
                    StepName.ImportS3,
                    true,
                    seen.history().imported() == null
                            ? "%d objects of history were never imported"
                                    .formatted(seen.history().objects())
                            : "history has changed");
        }
    }

    private void database() {
        if (leftOut(StepName.ImportDatabase)) {
            return;
        }
        Instant last = seen.database().importedAt();
        Instant due = last == null ? null : last.plus(seen.database().every());
        if (!seen.database().present()) {
            decide(StepName.ImportDatabase, false, "the stack has no external database");
        } else if (input.forced()) {
            decide(StepName.ImportDatabase, true, "force");
        } else if (due != null && run.now().isBefore(due)) {
            decide(StepName.ImportDatabase, false, "the database is not due until " + due);
        } else {
            decide(
                    StepName.ImportDatabase,
                    true,
                    last == null ? "the database was never imported" : "the database was last imported at " + last);
        }
    }

    private Map<String, String> crawlRaw() {
        Map<String, String> after = new TreeMap<>(seen.schemas().crawled());
        if (leftOut(StepName.CrawlRaw)) {
            return after;
        }
        List<String> changed = new ArrayList<>();
        seen.schemas().now().forEach((source, fingerprint) -> {
            boolean read = switch (Source.of(source)) {
                case HISTORY -> runs(StepName.ImportS3);
                case EXTERNAL_DB -> runs(StepName.ImportDatabase);
                default -> !seen.live().unread().isEmpty();
            };
            if (read && !fingerprint.equals(after.put(source, fingerprint))) {
                changed.add(source);
            }
        });
        changed.sort(null);
        if (!changed.isEmpty()) {
            decide(StepName.CrawlRaw, true, "new or changed columns of " + String.join(", ", changed));
        } else if (input.forced()) {
            decide(StepName.CrawlRaw, true, "force");
        } else if (isFirst(StepName.CrawlRaw)) {
            decide(StepName.CrawlRaw, true, "the run starts from it");
        } else {
            decide(StepName.CrawlRaw, false, "the raw zone's schema has not changed");
        }
        return after;
    }

    private void extract() {
        if (leftOut(StepName.ExtractRooms)) {
            return;
        }
        if (!seen.live().unread().isEmpty()) {
            decide(
                    StepName.ExtractRooms,
                    true,
                    "%d of %d live objects are unread"
                            .formatted(seen.live().unread().size(), seen.live().seen()));
        } else if (runs(StepName.ImportS3) || runs(StepName.ImportDatabase)) {
            decide(StepName.ExtractRooms, true, "the imports bring readings");
        } else {
            decide(
                    StepName.ExtractRooms,
                    false,
                    "nothing new: all of %d live objects are read and nothing is imported"
                            .formatted(seen.live().seen()));
        }
    }

    private void commit() {
        if (!leftOut(StepName.CommitRun)) {
            boolean extracts = runs(StepName.ExtractRooms);
            decide(
                    StepName.CommitRun,
                    extracts,
                    extracts ? "what was extracted is committed" : "nothing was extracted");
        }
    }

    private List<String> inScope() {
        TreeSet<String> rooms = new TreeSet<>(seen.rooms().due().keySet());
        rooms.addAll(seen.rooms().silent().keySet());
        rooms.addAll(input.forced() ? seen.lake().rooms() : List.of());
        return rooms.stream().filter(this::isInScope).toList();
    }

    private boolean isInScope(String room) {
        return input.rooms() == null || input.rooms().contains(room);
    }

    private void detect() {
        if (leftOut(StepName.Detect)) {
            return;
        }
        List<String> rooms = inScope();
        if (runs(StepName.ExtractRooms)) {
            decide(StepName.Detect, true, "rooms with new readings are scored");
        } else if (!rooms.isEmpty()) {
            String first = rooms.get(0);
            decide(
                    StepName.Detect,
                    true,
                    "%d rooms are due, the first is %s: %s"
                            .formatted(
                                    rooms.size(),
                                    first,
                                    seen.rooms()
                                            .due()
                                            .getOrDefault(
                                                    first, seen.rooms().silent().getOrDefault(first, "force"))));
        } else {
            decide(StepName.Detect, false, "every reading is scored and no model is due");
        }
    }

    /** It costs minutes and money, so only when a room that is trained or scored needs it. */
    private void startEndpoint() {
        if (leftOut(StepName.StartEndpoint)) {
            return;
        }
        boolean all = runs(StepName.ExtractRooms) || input.forced();
        String first = seen.rooms().hosted().keySet().stream()
                .filter(room -> isInScope(room) && (all || seen.rooms().due().containsKey(room)))
                .findFirst()
                .orElse(null);
        if (!runs(StepName.Detect)) {
            decide(StepName.StartEndpoint, false, "nothing is detected");
        } else if (first != null) {
            decide(
                    StepName.StartEndpoint,
                    true,
                    "%s needs it: %s".formatted(first, seen.rooms().hosted().get(first)));
        } else if (seen.rooms().embedded()) {
            decide(StepName.StartEndpoint, false, "Detector is embedded, and no room's model is SageMaker's");
        } else if (seen.lake().rooms().isEmpty()) {
            decide(StepName.StartEndpoint, true, "SageMaker trains rooms that are new");
        } else {
            decide(StepName.StartEndpoint, false, "no room that is due needs it");
        }
    }

    private void report() {
        if (runs(StepName.ExtractRooms) || runs(StepName.Detect)) {
            decide(StepName.Report, true, "readings or alarms are new");
        } else if (seen.lake().manifest() == 0) {
            decide(StepName.Report, false, "the lake is empty");
        } else if (!seen.lake().reported()) {
            decide(StepName.Report, true, "there is no report yet");
        } else if (isFirst(StepName.Report)) {
            decide(StepName.Report, true, "the run starts from it");
        } else {
            decide(
                    StepName.Report,
                    false,
                    "the report shows manifest " + seen.lake().manifest());
        }
    }

    /** What lies before the step to start from is left out, and what follows decides as if it were not there. */
    private boolean leftOut(StepName step) {
        StepName first = first();
        boolean before = first != null && step.ordinal() < first.ordinal();
        if (before) {
            decide(step, false, "the run starts from " + input.startFrom());
        }
        return before;
    }

    private boolean isFirst(StepName step) {
        return step == first();
    }

    private @Nullable StepName first() {
        return input.startFrom() == null
                ? null
                : StepName.startedBy(input.startFrom()).orElse(null);
    }

    private boolean runs(StepName step) {
        RunPlan.@Nullable Step decided = steps.get(step);
        return decided != null && decided.run();
    }

    private void decide(StepName step, boolean runs, String reason) {
        steps.put(step, new RunPlan.Step(runs, reason));
    }
}
