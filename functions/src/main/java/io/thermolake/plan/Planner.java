package io.thermolake.plan;

import io.thermolake.lake.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Decides for each step whether it runs, and says why. Pure. */
final class Planner {
    private static final Map<String, StepName> FIRST = Map.of(
            "ImportHistory", StepName.ImportS3,
            "CrawlRaw", StepName.CrawlRaw,
            "ExtractRooms", StepName.ExtractRooms,
            "Detect", StepName.Detect,
            "Report", StepName.Report);

    private final Run run;
    private final RunInput input;
    private final Lookout seen;
    private final Map<StepName, RunPlan.Step> steps = new EnumMap<>(StepName.class);

    private Planner(Run run, RunInput input, Lookout seen) {
        this.run = run;
        this.input = input;
        this.seen = seen;
    }

    /** @throws BadInputException when a room is named that the lake does not know */
    static RunPlan plan(Run run, RunInput input, Lookout seen) {
        return new Planner(run, input, seen).plan();
    }

    private RunPlan plan() {
        checkRooms();
        history();
        database();
        boolean importsRun = runs(StepName.ImportS3) || runs(StepName.ImportDatabase);
        Map<String, String> schemas = crawlRaw();
        extract(importsRun);
        decide(
                StepName.CommitRun,
                runs(StepName.ExtractRooms),
                runs(StepName.ExtractRooms) ? "what was extracted is committed" : "nothing was extracted");
        detect();
        report();
        startFrom();
        Instant mark = seen.databaseHighWaterMark();
        boolean whole = mark == null || input.forced();
        return new RunPlan(
                run,
                input.startFrom() == null ? "ImportHistory" : input.startFrom(),
                steps,
                runs(StepName.ExtractRooms) ? seen.unread() : List.of(),
                input.fromTime(),
                input.toTime(),
                input.rooms(),
                whole || mark == null ? null : mark.minus(seen.databaseOverlap()),
                seen.historyFingerprint(),
                schemas,
                seen.listedAll(),
                runs(StepName.Detect) ? new ArrayList<>(inScope()) : List.of());
    }

    private void checkRooms() {
        if (input.rooms() == null || seen.manifest() == 0) {
            return;
        }
        List<String> known = seen.knownRooms();
        for (String room : input.rooms()) {
            if (!known.contains(room)) {
                throw new BadInputException("The lake knows no room '%s'; it knows %s%s"
                        .formatted(
                                room,
                                String.join(", ", known.subList(0, Math.min(20, known.size()))),
                                known.size() > 20 ? " and %d more".formatted(known.size() - 20) : ""));
            }
        }
    }

    private void history() {
        if (seen.historyObjects() == 0) {
            decide(StepName.ImportS3, false, "there is no history in raw/history/");
        } else if (input.forced()) {
            decide(StepName.ImportS3, true, "force");
        } else if (seen.historyFingerprint().equals(seen.importedHistoryFingerprint())) {
            decide(
                    StepName.ImportS3,
                    false,
                    "the %d objects of raw/history/ have not changed since they were imported"
                            .formatted(seen.historyObjects()));
        } else {
            decide(
                    StepName.ImportS3,
                    true,
                    seen.importedHistoryFingerprint() == null
                            ? "%d objects of history were never imported".formatted(seen.historyObjects())
                            : "history has changed");
        }
    }

    private void database() {
        Instant last = seen.databaseImportedAt();
        Instant due = last == null ? null : last.plus(seen.databaseEvery());
        if (!seen.hasDatabase()) {
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
        Map<String, String> after = new TreeMap<>(seen.crawledSchemas());
        List<String> changed = new ArrayList<>();
        seen.schemas().forEach((source, fingerprint) -> {
            boolean read = switch (source) {
                case "history" -> runs(StepName.ImportS3);
                case "external_db" -> runs(StepName.ImportDatabase);
                default -> !seen.unread().isEmpty();
            };
            if (read && !fingerprint.equals(after.put(source, fingerprint))) {
                changed.add(source);
            }
        });
        changed.sort(null);
        decide(
                StepName.CrawlRaw,
                !changed.isEmpty() || input.forced(),
                changed.isEmpty()
                        ? input.forced() ? "force" : "the raw zone's schema has not changed"
                        : "new or changed columns of " + String.join(", ", changed));
        return after;
    }

    private void extract(boolean importsRun) {
        if (!seen.unread().isEmpty()) {
            decide(
                    StepName.ExtractRooms,
                    true,
                    "%d of %d live objects are unread".formatted(seen.unread().size(), seen.seen()));
        } else if (importsRun) {
            decide(StepName.ExtractRooms, true, "the imports bring readings");
        } else {
            decide(
                    StepName.ExtractRooms,
                    false,
                    "nothing new: all of %d live objects are read and nothing is imported".formatted(seen.seen()));
        }
    }

    private List<String> inScope() {
        return seen.due().keySet().stream()
                .filter(room -> input.rooms() == null || input.rooms().contains(room))
                .sorted()
                .toList();
    }

    private void detect() {
        List<String> due = inScope();
        if (runs(StepName.ExtractRooms)) {
            decide(StepName.Detect, true, "rooms with new readings are scored");
        } else if (!due.isEmpty()) {
            decide(
                    StepName.Detect,
                    true,
                    "%d rooms are due, the first is %s: %s"
                            .formatted(due.size(), due.get(0), seen.due().get(due.get(0))));
        } else {
            decide(StepName.Detect, false, "every reading is scored and no model is due");
        }
    }

    private void report() {
        boolean anything = runs(StepName.ExtractRooms) || runs(StepName.Detect);
        if (anything) {
            decide(StepName.Report, true, "readings or alarms are new");
        } else if (seen.manifest() == 0) {
            decide(StepName.Report, false, "the lake is empty");
        } else {
            decide(
                    StepName.Report,
                    !seen.reported(),
                    seen.reported() ? "the report shows manifest " + seen.manifest() : "there is no report yet");
        }
    }

    /** What lies before the step to start from is skipped; that step itself runs whether it is due or not. */
    private void startFrom() {
        if (input.startFrom() == null) {
            return;
        }
        StepName first = FIRST.get(input.startFrom());
        for (StepName step : StepName.values()) {
            if (first != null && step.ordinal() < first.ordinal()) {
                decide(step, false, "the run starts from " + input.startFrom());
            }
        }
        if (first == StepName.CrawlRaw || first == StepName.Report) {
            decide(first, first == StepName.CrawlRaw || seen.manifest() > 0, "the run starts from it");
        }
        if (!runs(StepName.ImportS3)
                && !runs(StepName.ImportDatabase)
                && seen.unread().isEmpty()) {
            decide(StepName.ExtractRooms, false, "there are no unread live objects, and nothing was imported");
            decide(StepName.CommitRun, false, "nothing was extracted");
        }
    }

    private boolean runs(StepName step) {
        RunPlan.@Nullable Step decided = steps.get(step);
        return decided != null && decided.run();
    }

    private void decide(StepName step, boolean runs, String reason) {
        steps.put(step, new RunPlan.Step(runs, reason));
    }
}
