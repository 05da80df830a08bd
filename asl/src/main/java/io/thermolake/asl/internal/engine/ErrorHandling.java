package io.thermolake.asl.internal.engine;

import static io.thermolake.asl.internal.engine.Details.details;

import io.thermolake.asl.internal.state.State;
import io.thermolake.asl.internal.value.StatesError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happens to an error in a state: a retrier tries again, a catcher goes elsewhere, or the branch fails. */
final class ErrorHandling {
    private final StateRun run;
    private final @Nullable Inspection inspection;
    /** Attempts by retrier; a map of its own only when there is one, since most states are never retried. */
    private Map<State.Retrier, Long> retries = Map.of();

    private long retryCount;

    ErrorHandling(StateRun run, @Nullable Inspection inspection) {
        this.run = run;
        this.inspection = inspection;
    }

    long retryCount() {
        return retryCount;
    }

    /**
     * Retry, then Catch, then the branch fails.
     *
     * @param beforeEntered the event before the state was entered
     * @param enteredEventId the event of its entering
     */
    void handle(StatesError raised, long beforeEntered, long enteredEventId) {
        State current = run.state();
        StatesError error = raised.in(run.name(), enteredEventId);
        long before = run.branch().trail().last();
        if (raised.origin == StatesError.Origin.EVALUATION) {
            // AWS hangs it on what came before the state was entered, but for a Wait on the entering itself.
            evaluationFailed(error, current instanceof State.Wait ? before : beforeEntered);
        }
        run.abandon();
        if (error.isFatal()) {
            run.fail(error);
            return;
        }
        if (retry(current, error)) {
            return;
        }
        if (inspection != null && inspection.isRetriable()) {
            run.fail(error);
            return;
        }
        groupFailed(current);
        List<State.Catcher> catchers = current.common().catchers();
        for (int i = 0; i < catchers.size(); i++) {
            if (catchers.get(i).errors().stream().anyMatch(error::matches)) {
                run.branch().execution().reached(current, "Catch", i);
                if (inspection != null) {
                    inspection.caught(i, error);
                }
                caught(catchers.get(i), error, before, enteredEventId);
                return;
            }
        }
        run.fail(error);
    }

    private void groupFailed(State current) {
        if (current.isGroup()) {
            run.branch().trail().add(current.type() + "StateFailed", "", Map.of());
        }
    }

    private void evaluationFailed(StatesError error, long previous) {
        Map<String, @Nullable Object> details = details("error", error.error);
        details.put("cause", error.cause);
        if (error.location != null) {
            details.put("location", error.location);
        }
        details.put("state", run.name());
        run.branch()
                .trail()
                .follow(run.branch()
                        .trail()
                        .aside(previous, "EvaluationFailed", "evaluationFailedEventDetails", details));
    }

    private boolean retry(State current, StatesError error) {
        List<State.Retrier> retriers = current.common().retriers();
        for (int i = 0; i < retriers.size(); i++) {
            State.Retrier retrier = retriers.get(i);
            if (retrier.errors().stream().anyMatch(error::matches)) {
                long done = retries.getOrDefault(retrier, inspection == null ? 0L : inspection.retriesBefore());
                boolean exhausted = done >= retrier.maxAttempts();
                if (inspection != null) {
                    inspection.retried(i, exhausted ? null : retrier.delay(done));
                }
                if (exhausted || inspection != null) {
                    return false;
                }
                run.branch().execution().reached(current, "Retry", i);
                if (retries.isEmpty()) {
                    retries = new HashMap<>();
                }
                retries.put(retrier, done + 1);
                retryCount++;
                run.attemptAfter(delay(retrier, done));
                return true;
            }
        }
        return false;
    }

    private Duration delay(State.Retrier retrier, long done) {
        double share = retrier.fullJitter()
                ? run.branch().execution().engine().random().nextDouble()
                : 1;
        return Duration.ofMillis((long) (retrier.delay(done) * share * 1000));
    }

    private void caught(State.Catcher catcher, StatesError error, long before, long enteredEventId) {
        Map<String, @Nullable Object> output = details("Error", error.error);
        // A timeout has no cause, which a catcher sees as an empty one; a callback without error and cause gives nulls.
        output.put("Cause", error.cause == null && error.error != null ? "" : error.cause);
        try {
            run.leaveByCatch(catcher, output);
        } catch (StatesError e) {
            StatesError second = e.in(run.name(), enteredEventId);
            if (e.origin == StatesError.Origin.EVALUATION) {
                evaluationFailed(second, before);
                groupFailed(run.state());
            }
            run.fail(second);
        }
    }
}
