package io.thermolake.local.cli;

import io.thermolake.local.sample.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which present a run on own data has when none is given. Old readings are judged as of their own end: as of today, a room
 * whose last reading is months old is only silent, and nothing is learned from it.
 *
 * @param now for the run's input; null for the time of its start
 * @param told what a user should know of it, or null
 */
record Present(@Nullable String now, @Nullable String told) {
    private static final Duration OLD = Duration.ofDays(1);
    /** As the room job has it. */
    private static final Duration FUTURE = Duration.ofMinutes(10);

    /** The present of a run on a folder: the sample's own, or the one that its readings and its database ask for. */
    static Present of(CloudSession session, FolderContents contents, Instant clock) {
        if (contents.sample() && !contents.isMixed()) {
            return new Present(Sample.NOW.toString(), null);
        }
        Instant latest = clock.plus(FUTURE);
        Map<?, ?> row = session.control().call("NewestRow", Map.of());
        Instant inDatabase = row.get("newest") == null ? null : Instant.parse(String.valueOf(row.get("newest")));
        Object unknown = inDatabase != null && inDatabase.isAfter(latest)
                ? "its newest row is of " + inDatabase
                : row.get("unknown");
        if (unknown != null) {
            return new Present(
                    null,
                    "How old the database's rows are is not known (%s), so the run's present is now. Give --now to choose another"
                            .formatted(unknown));
        }
        NewestReading readings = new NewestReading(Path.of(session.fact("folder")), latest, clock.minus(OLD));
        return of(
                Stream.concat(readings.find().stream(), Stream.ofNullable(inDatabase))
                        .max(Instant::compareTo),
                clock);
    }

    /** @param newest the newest reading that the run can meet, if any is known */
    static Present of(Optional<Instant> newest, Instant clock) {
        Instant last = newest.orElse(clock);
        if (!last.isBefore(clock.minus(OLD))) {
            return new Present(null, null);
        }
        // The next full minute: readings of a whole day end at its midnight.
        Instant now = last.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        return new Present(
                now.toString(),
                "The newest reading is of %s; the run's present is %s. Give --now to choose another"
                        .formatted(last, now));
    }
}
