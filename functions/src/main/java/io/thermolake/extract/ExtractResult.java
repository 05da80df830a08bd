package io.thermolake.extract;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an attempt did, as the JSON that the commit reads. Written by hand: the jobs' class path has no JSON of ours. */
final class ExtractResult {
    private final String runId;
    private final int attempt;
    final SortedMap<String, Long> quarantined = new TreeMap<>();
    /** By room. */
    final SortedMap<String, Long> conflicts = new TreeMap<>();

    final SortedMap<String, SortedMap<String, Long>> partitions = new TreeMap<>();
    long clean;
    long duplicates;
    long outOfScope;

    ExtractResult(String runId, int attempt) {
        this.runId = runId;
        this.attempt = attempt;
    }

    private long read() {
        return clean + duplicates + outOfScope + sum(quarantined);
    }

    private static long sum(Map<String, Long> values) {
        return values.values().stream().mapToLong(Long::longValue).sum();
    }

    /** @param read records that were read, counted apart from what became of them */
    String json(long read) {
        StringBuilder json = new StringBuilder("{\"counts\":{\"read\":").append(read);
        json.append(",\"clean\":").append(clean).append(",\"quarantined\":");
        object(json, quarantined);
        json.append(",\"duplicates\":").append(duplicates);
        json.append(",\"conflicts\":").append(sum(conflicts));
        json.append(",\"outOfScope\":").append(outOfScope);
        if (!conflicts.isEmpty()) {
            json.append(",\"conflictRooms\":");
            object(json, conflicts);
        }
        json.append("},\"partitions\":[");
        String comma = "";
        for (Map.Entry<String, SortedMap<String, Long>> partition : partitions.entrySet()) {
            json.append(comma).append("{\"date\":\"").append(partition.getKey());
            json.append("\",\"runId\":\"")
                    .append(runId)
                    .append("\",\"attempt\":")
                    .append(attempt);
            json.append(",\"rooms\":");
            object(json, partition.getValue());
            json.append('}');
            comma = ",";
        }
        return json.append("]}").toString();
    }

    /** Keys are reasons and room ids: none needs an escape. */
    private static void object(StringBuilder json, Map<String, Long> values) {
        json.append('{');
        String comma = "";
        for (Map.Entry<String, Long> value : values.entrySet()) {
            json.append(comma).append('"').append(value.getKey()).append("\":").append(value.getValue());
            comma = ",";
        }
        json.append('}');
    }

    @Override
    public String toString() {
        return json(read());
    }
}
