package io.thermolake.asl;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event of an execution's history, as GetExecutionHistory gives it.
 *
 * @param id counts from 1
 * @param previousEventId the event that led to this one; 0 for the first
 * @param type AWS's name, for example {@code TaskStateEntered}
 * @param detailsKey the field that AWS puts the details under, for example {@code stateEnteredEventDetails}; empty when
 *     the type has none
 * @param details AWS's fields of that type
 */
public record HistoryEvent(
        long id,
        long previousEventId,
        Instant timestamp,
        String type,
        String detailsKey,
        Map<String, @Nullable Object> details) {}
