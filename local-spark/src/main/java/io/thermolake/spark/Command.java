package io.thermolake.spark;

import com.google.gson.annotations.SerializedName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line on the worker's standard input.
 *
 * @param id the job run
 * @param kind {@code class}, {@code graph} or {@code stop}
 * @param graph the job's CodeGenConfigurationNodes
 * @param tables {@code database.table} to what the catalog says of it
 */
record Command(
        String id,
        String kind,
        @Nullable @SerializedName("class") String jobClass,
        @Nullable List<String> arguments,
        @Nullable Jdbc jdbc,
        @Nullable Map<String, Object> graph,
        @Nullable Map<String, Table> tables) {

    record Jdbc(String url, String user, String password) {}

    /** @param format csv, json or parquet */
    record Table(String location, String format) {}
}
