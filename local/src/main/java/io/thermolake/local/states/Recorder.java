package io.thermolake.local.states;

import io.thermolake.asl.Execution;
import io.thermolake.asl.ExecutionIdentity;
import io.thermolake.asl.ExecutionListener;
import io.thermolake.asl.HistoryEvent;
import io.thermolake.asl.MapRunStatus;
import io.thermolake.local.aws.Usage;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Writes down what a standard execution does: its history, its snapshots, its Map Runs and their children. */
final class Recorder implements ExecutionListener {
    private static final Set<String> ENDS =
            Set.of("ExecutionSucceeded", "ExecutionFailed", "ExecutionAborted", "ExecutionTimedOut");

    /**
     * Where it is written.
     *
     * @param closing whether the cloud closes: what then ends is left RUNNING, as a killed cloud leaves it
     */
    record Books(Executions executions, MapRuns mapRuns, Usage meter, BooleanSupplier closing) {}

    private final Books books;
    private final String arn;

    Recorder(Books books, String arn) {
        this.books = books;
        this.arn = arn;
    }

    @Override
    public void event(HistoryEvent event) {
        if (books.closing().getAsBoolean()) {
            return;
        }
        books.executions().histories().append(arn, event);
        if (event.type().endsWith("StateEntered")) {
            books.meter().add("Step Functions", "state transition", 1);
        }
    }

    @Override
    public boolean wantsSnapshots() {
        return true;
    }

    @Override
    public void moved(Map<String, @Nullable Object> snapshot) {
        books.executions().histories().snapshot(arn, snapshot);
    }

    @Override
    public void mapRun(MapRunStatus run) {
        if (!books.closing().getAsBoolean()) {
            books.mapRuns().heard(run);
        }
    }

    @Override
    public ExecutionListener child(ExecutionIdentity child, String mapRunArn) {
        return new ChildRecorder(child, mapRunArn);
    }

    /** The engine starts and ends a Map Run's child; its record comes from its first and its last event. */
    private final class ChildRecorder implements ExecutionListener {
        private final ExecutionIdentity child;
        private final String mapRunArn;

        ChildRecorder(ExecutionIdentity child, String mapRunArn) {
            this.child = child;
            this.mapRunArn = mapRunArn;
        }

        @Override
        public void begun(Execution execution) {
            books.executions().runs(child.arn(), execution);
        }

        @Override
        public void event(HistoryEvent event) {
            if (books.closing().getAsBoolean()) {
                return;
            }
            if (event.type().equals("ExecutionStarted")) {
                books.executions()
                        .put(ExecutionRecord.begun(
                                child.arn(),
                                child.name(),
                                child.machineArn(),
                                String.valueOf(event.details().get("input")),
                                event.timestamp(),
                                arn,
                                new ExecutionRecord.Origin(null, child.roleArn(), null, null, null, mapRunArn)));
            }
            if (event.type().equals("ExecutionRedriven")) {
                books.executions().put(books.executions().find(child.arn()).redrivenAt(event.timestamp(), null));
            }
            new Recorder(books, child.arn()).event(event);
            if (ENDS.contains(event.type())) {
                over(event);
            }
        }

        private void over(HistoryEvent event) {
            books.executions().runsNoMore(child.arn());
            String status = event.type().equals("ExecutionTimedOut")
                    ? "TIMED_OUT"
                    : event.type().substring("Execution".length()).toUpperCase(java.util.Locale.ROOT);
            books.executions()
                    .put(books.executions()
                            .find(child.arn())
                            .ended(
                                    status,
                                    (String) event.details().get("output"),
                                    (String) event.details().get("error"),
                                    (String) event.details().get("cause"),
                                    event.timestamp()));
        }
    }
}
