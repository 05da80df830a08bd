package io.thermolake.plan;

import io.thermolake.run.RunPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What PlanRun sees before it decides: the lake as it is, and what is new outside it. */
record Survey(
        Committed lake,
        LiveObjects live,
        HistoryState history,
        DatabaseState database,
        Schemas schemas,
        RoomsDue rooms) {

    /**
     * @param manifest the newest manifest's number, 0 before the first commit
     * @param rooms of the lake
     * @param reported whether a report of the newest manifest exists
     */
    record Committed(long manifest, List<String> rooms, boolean reported) {
        static final Committed EMPTY = new Committed(0, List.of(), false);
    }

    /**
     * @param unread live objects that no run has read
     * @param seen how many live objects were listed
     * @param listedAll whether all live objects were listed
     */
    record LiveObjects(List<RunPlan.Live> unread, long seen, boolean listedAll) {}

    /**
     * @param objects how many raw/history/ has
     * @param fingerprint of them
     * @param imported the fingerprint of the last import, or null
     */
    record HistoryState(
            long objects, String fingerprint, @Nullable String imported) {}

    /**
     * @param present whether the stack has an external database
     * @param importedAt when it was last imported, by that run's now, or null
     * @param highWaterMark the latest timestamp imported, or null
     * @param every how often it is due
     * @param overlap how far behind the mark an import begins
     */
    record DatabaseState(
            boolean present,
            @Nullable Instant importedAt,
            @Nullable Instant highWaterMark,
            Duration every,
            Duration overlap) {}

    /**
     * @param now source to the fingerprint of the columns that this run would read
     * @param crawled those that were crawled
     */
    record Schemas(Map<String, String> now, Map<String, String> crawled) {}
}
