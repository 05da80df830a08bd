package io.thermolake.finish;

import io.thermolake.lake.Counts;
import io.thermolake.run.RunPlan;
import io.thermolake.run.StepName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run did, for people and machines: {@code runs/<id>/summary.json}.
 *
 * @param manifest the newest manifest's number, 0 when the lake is empty
 * @param counts of this run's records; zero when it extracted nothing
 * @param rooms every room of the lake
 * @param failedRooms rooms whose detection failed, with why
 * @param report the report's key, null when none was written
 * @param steps the plan, with its reasons
 * @param warnings what went wrong and did not fail the run
 */
public record Summary(
        String runId,
        String outcome,
        Instant now,
        long manifest,
        Counts counts,
        List<Room> rooms,
        List<RoomOutcome> failedRooms,
        @Nullable String report,
        Map<StepName, RunPlan.Step> steps,
        List<String> warnings) {

    public Summary {
        // A summary of an earlier version has none.
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }

    /** The same with one warning more. */
    Summary warned(String warning) {
        List<String> more = new ArrayList<>(warnings);
        more.add(warning);
        return new Summary(runId, outcome, now, manifest, counts, rooms, failedRooms, report, steps, more);
    }

    /**
     * @param readings in the lake
     * @param scored by this run
     * @param model the version that its scores are of, null where only the sensor's rules watch it
     * @param reason why this run left it without a model, null where it did not
     * @param conflicts records of this run with another temperature than the one kept of their second
     */
    public record Room(
            String room_id,
            long readings,
            long scored,
            List<RoomAlarm> alarms,
            @Nullable String model,
            @Nullable String reason,
            long conflicts) {

        /** A room without conflicts. */
        public Room(
                String room_id,
                long readings,
                long scored,
                List<RoomAlarm> alarms,
                @Nullable String model,
                @Nullable String reason) {
            this(room_id, readings, scored, alarms, model, reason, 0);
        }
    }

    /** An episode; times are {@code YYYY-MM-DD HH:MM:SS}, worst is the temperature at the highest score, kind the likely kind. */
    public record RoomAlarm(
            String start,
            String end,
            double worst,
            @Nullable String kind) {}
}
