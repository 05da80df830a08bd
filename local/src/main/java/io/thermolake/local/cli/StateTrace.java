package io.thermolake.local.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * Follows an execution's history, event by event: which state ran how long, and in how many attempts. A task's events hang
 * by their previous event's id on the state that they belong to.
 */
final class StateTrace {
    /** One pass through a state. */
    static final class Visit {
        final String name;
        final boolean task;
        final Instant entered;
        int attempts;

        @Nullable
        Instant exited;

        @Nullable
        String error;

        Visit(String name, boolean task, Instant entered) {
            this.name = name;
            this.task = task;
            this.entered = entered;
        }

        Duration time(Instant now) {
            return Duration.between(entered, exited == null ? now : exited);
        }
    }

    private final List<Visit> visits = new ArrayList<>();
    private final Map<Long, Visit> byEvent = new HashMap<>();

    /** What the event began or ended, if it did. */
    Optional<Visit> add(HistoryEvent event) {
        String type = event.typeAsString();
        if (event.stateEnteredEventDetails() != null) {
            Visit visit =
                    new Visit(event.stateEnteredEventDetails().name(), type.startsWith("Task"), event.timestamp());
            visits.add(visit);
            byEvent.put(event.id(), visit);
            return Optional.of(visit);
        }
        if (event.stateExitedEventDetails() != null) {
            String name = event.stateExitedEventDetails().name();
            Visit visit = open(event.previousEventId(), name);
            if (visit != null) {
                visit.exited = event.timestamp();
                byEvent.put(event.id(), visit);
            }
            return Optional.ofNullable(visit);
        }
        Visit visit = byEvent.get(event.previousEventId());
        if (visit != null) {
            byEvent.put(event.id(), visit);
            if (type.equals("TaskScheduled") || type.equals("LambdaFunctionScheduled")) {
                visit.attempts++;
            }
            if (event.taskFailedEventDetails() != null) {
                visit.error = event.taskFailedEventDetails().error();
            }
        }
        return Optional.empty();
    }

    /** The open visit of that name which the event chains to, else the last open one (a Parallel's or Map's exit). */
    private @Nullable Visit open(@Nullable Long previousEventId, String name) {
        Visit chained = previousEventId == null ? null : byEvent.get(previousEventId);
        if (chained != null && chained.name.equals(name) && chained.exited == null) {
            return chained;
        }
        for (int i = visits.size() - 1; i >= 0; i--) {
            Visit visit = visits.get(i);
            if (visit.name.equals(name) && visit.exited == null) {
                return visit;
            }
        }
        return null;
    }

    /** Every visit so far, in the order of entering. */
    List<Visit> visits() {
        return List.copyOf(visits);
    }
}
