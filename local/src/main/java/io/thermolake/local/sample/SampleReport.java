package io.thermolake.local.sample;

import java.time.Instant;
import java.util.List;

/**
 * What the sample sent, and what a run must make of it; {@code sample.json} of the data folder.
 *
 * @param now the run's idea of the present
 * @param rooms ids, sorted
 * @param readings different good readings
 * @param history rows of the CSV files, headers not counted
 * @param database rows of dbo.temperatures
 * @param live messages that reach the raw zone
 * @param errors messages that are no JSON, which the second topic rule keeps
 * @param quarantined records that are no good readings
 * @param duplicates records whose reading is kept already
 * @param conflicts those of them with another value
 * @param faults what the alarms must find
 */
public record SampleReport(
        Instant now,
        Instant from,
        List<String> rooms,
        long readings,
        long history,
        long database,
        long live,
        long errors,
        long quarantined,
        long duplicates,
        long conflicts,
        List<SampleFault> faults) {

    static SampleReport of(Sample sample) {
        long history = HistorySource.files(sample).values().stream()
                .mapToLong(csv -> csv.lines().count() - 1)
                .sum();
        long database = DatabaseSource.rows(sample).size() + DatabaseSource.BROKEN_ROWS;
        long messages = sample.rooms().stream()
                .mapToLong(room -> LiveSource.messages(sample, room).size())
                .sum();
        long errors = LiveSource.NO_JSON.values().stream().mapToLong(List::size).sum();
        long malformed =
                LiveSource.MALFORMED.values().stream().mapToLong(List::size).sum();
        long live = messages - errors;
        long quarantined = HistorySource.BROKEN.size() + DatabaseSource.BROKEN_ROWS + malformed;
        return new SampleReport(
                Sample.NOW,
                Sample.FROM,
                sample.rooms(),
                sample.size(),
                history,
                database,
                live,
                errors,
                quarantined,
                history + database + live - quarantined - sample.size(),
                DatabaseSource.CORRECTED.size(),
                Sample.FAULTS);
    }
}
