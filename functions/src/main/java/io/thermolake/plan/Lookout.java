package io.thermolake.plan;

import io.thermolake.run.RunPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What PlanRun sees before it decides: the lake as it is, and what is new outside it.
 *
 * @param manifest the newest manifest's number, 0 before the first commit
 * @param knownRooms rooms of the lake
 * @param unread live objects that no run has read
 * @param seen how many live objects were listed
 * @param listedAll whether all live objects were listed
 * @param historyObjects how many objects raw/history/ has
 * @param historyFingerprint of them
 * @param importedHistoryFingerprint of the last import, or null
 * @param hasDatabase whether the stack has an external database
 * @param databaseImportedAt when it was last imported, by that run's now, or null
 * @param databaseHighWaterMark the latest timestamp imported, or null
 * @param databaseEvery how often it is due
 * @param databaseOverlap how far behind the mark an import begins
 * @param schemas source to the fingerprint of the columns that this run would read
 * @param crawledSchemas those that were crawled
 * @param rooms whose detection is due
 * @param reported whether a report of the newest manifest exists
 */
record Lookout(
        long manifest,
        List<String> knownRooms,
        List<RunPlan.Live> unread,
        long seen,
        boolean listedAll,
        long historyObjects,
        String historyFingerprint,
        @Nullable String importedHistoryFingerprint,
        boolean hasDatabase,
        @Nullable Instant databaseImportedAt,
        @Nullable Instant databaseHighWaterMark,
        Duration databaseEvery,
        Duration databaseOverlap,
        Map<String, String> schemas,
        Map<String, String> crawledSchemas,
        RoomsDue rooms,
        boolean reported) {}
