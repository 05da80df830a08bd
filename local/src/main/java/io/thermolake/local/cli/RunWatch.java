package io.thermolake.local.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** Watches one execution to its end by its history, and says each task as it starts and ends. */
final class RunWatch {
    private static final Duration POLL = Duration.ofMillis(100);
    /** States that only choose or shape are not news. */
    private static final Set<String> QUIET = Set.of("Data Pipeline Failure");

    private final SfnClient sfn;
    private final String executionArn;
    private final Console console;
    private final StateTrace trace = new StateTrace();
    private final Instant begun;

    RunWatch(SfnClient sfn, String executionArn, Console console, Instant begun) {
        this.sfn = sfn;
        this.executionArn = executionArn;
        this.console = console;
        this.begun = begun;
    }

    StateTrace trace() {
        return trace;
    }

    /** Returns when the execution is over. */
    DescribeExecutionResponse untilOver() throws InterruptedException {
        long seen = 0;
        while (true) {
            DescribeExecutionResponse execution = sfn.describeExecution(b -> b.executionArn(executionArn));
            seen = read(seen);
            if (execution.status() != ExecutionStatus.RUNNING) {
                return execution;
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    private long read(long seen) {
        long last = seen;
        for (HistoryEvent event : sfn.getExecutionHistoryPaginator(
                        b -> b.executionArn(executionArn).maxResults(1000).includeExecutionData(false))
                .events()) {
            if (event.id() > seen) {
                trace.add(event).ifPresent(visit -> say(event, visit));
                last = event.id();
            }
        }
        return last;
    }

    private void say(HistoryEvent event, StateTrace.Visit visit) {
        // A redriven execution's history begins long before.
        if (!visit.task || QUIET.contains(visit.name) || event.timestamp().isBefore(begun)) {
            return;
        }
        double at = Duration.between(begun, event.timestamp()).toMillis() / 1000.0;
        if (visit.exited == null) {
            console.say(String.format(Locale.ROOT, "%7.1fs  %-18s started", at, visit.name));
        } else {
            console.say(String.format(
                    Locale.ROOT,
                    "%7.1fs  %-18s done in %.1fs%s",
                    at,
                    visit.name,
                    visit.time(visit.exited).toMillis() / 1000.0,
                    visit.attempts > 1 ? ", attempt " + visit.attempts : ""));
        }
    }
}
