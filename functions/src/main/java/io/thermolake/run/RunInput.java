package io.thermolake.run;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline's input, all of it optional, as it was given. {@link #checked} holds it against what is allowed.
 *
 * @param slot the scheduled time that the run is for, ISO 8601
 * @param now the run's idea of the present, ISO 8601; else the slot, else the execution's start
 * @param startFrom the first step that runs
 * @param from readings before it are out of scope; a date or ISO 8601
 * @param to readings at or after it are out of scope; a date means that whole day
 * @param rooms the only rooms in scope; all when absent
 * @param force read everything again, due or not
 * @param startedBy {@link #HISTORY} when history in S3 asked for the run: skipped, it is made good by a follow-up
 */
public record RunInput(
        @Nullable String slot,
        @Nullable String now,
        @Nullable String startFrom,
        @Nullable String from,
        @Nullable String to,
        @Nullable List<String> rooms,
        @Nullable Boolean force,
        @Nullable String startedBy) {
    /** What history's arrival starts, and nothing else. */
    public static final String HISTORY = "history";

    private static final int MOST_NAMED = 20;
    private static final Pattern ROOM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Input that asks for nothing. */
    public static RunInput none() {
        return new RunInput(null, null, null, null, null, null, null, null);
    }

    /** Whatever history is there. No slot and no {@code now}: live readings that came since are not of the future. */
    public static RunInput ofHistory() {
        return new RunInput(null, null, null, null, null, null, null, HISTORY);
    }

    /**
     * @return this input
     * @throws BadInputException when a step, a time or a room cannot be meant
     */
    public RunInput checked() {
        if (startFrom != null && StepName.startedBy(startFrom).isEmpty()) {
            throw new BadInputException("There is no step '%s' to start from; a run may start from %s"
                    .formatted(startFrom, String.join(", ", StepName.starts())));
        }
        if (startedBy != null) {
            checkStarter();
        }
        slotTime();
        nowTime();
        Instant first = fromTime();
        Instant last = toTime();
        if (first != null && last != null && !first.isBefore(last)) {
            throw new BadInputException(
                    "from (%s) must be before to (%s); both are dates or ISO 8601 times".formatted(from, to));
        }
        if (rooms != null) {
            for (String room : rooms) {
                if (room == null || !ROOM.matcher(room).matches()) {
                    throw new BadInputException(
                            "'%s' is no room: a room's id is 1 to 64 letters, digits, '-' or '_'".formatted(room));
                }
            }
        }
        return this;
    }

    /**
     * @param known the lake's rooms, or null before the first commit, when every room is welcome
     * @throws BadInputException when a room is named that the lake does not know
     */
    public void checkedAgainst(@Nullable Collection<String> known) {
        if (rooms == null || known == null) {
            return;
        }
        for (String room : rooms) {
            if (!known.contains(room)) {
                throw new BadInputException("The lake knows no room '%s'; it knows %s%s"
                        .formatted(
                                room,
                                known.stream().limit(MOST_NAMED).collect(Collectors.joining(", ")),
                                known.size() > MOST_NAMED ? " and %d more".formatted(known.size() - MOST_NAMED) : ""));
            }
        }
    }

    public @Nullable Instant slotTime() {
        return time("slot", slot);
    }

    public @Nullable Instant nowTime() {
        return time("now", now);
    }

    /** Inclusive. */
    public @Nullable Instant fromTime() {
        return time("from", from);
    }

    /** Exclusive: of a date, the next day's midnight. */
    public @Nullable Instant toTime() {
        Instant at = time("to", to);
        return at != null && to != null && to.length() == 10 ? at.plus(java.time.Duration.ofDays(1)) : at;
    }

    /** Two starts by history are alike, so one follow-up makes good any number of skipped ones. */
    private void checkStarter() {
        if (!HISTORY.equals(startedBy)) {
            throw new BadInputException("startedBy is '%s', but only '%s' is known; leave it out to start a run by hand"
                    .formatted(startedBy, HISTORY));
        }
        if (slot != null || startFrom != null || from != null || to != null || rooms != null || force != null) {
            throw new BadInputException(
                    "A run with startedBy '%s' imports whatever is new, so of the other inputs it takes only now"
                            .formatted(HISTORY));
        }
    }

    /** Whether history's arrival asked for this run, or follows one that it asked for. */
    public boolean byHistory() {
        return HISTORY.equals(startedBy);
    }

    public boolean forced() {
        return Boolean.TRUE.equals(force);
    }

    private static @Nullable Instant time(String name, @Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            return value.length() == 10
                    ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new BadInputException(
                    "%s is '%s', which is neither a date such as 2026-03-31 nor a time such as 2026-03-31T02:00:00Z"
                            .formatted(name, value));
        }
    }
}
