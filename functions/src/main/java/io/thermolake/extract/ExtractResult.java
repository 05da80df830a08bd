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

    /** Files of which no record could be read, with how many they have. */
    final SortedMap<String, Long> unread = new TreeMap<>();

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
        if (!unread.isEmpty()) {
            json.append(",\"unreadFiles\":");
            object(json, unread);
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

    private static void object(StringBuilder json, Map<String, Long> values) {
        json.append('{');
        String comma = "";
        for (Map.Entry<String, Long> value : values.entrySet()) {
            json.append(comma)
                    .append('"')
                    .append(escaped(value.getKey()))
                    .append("\":")
                    .append(value.getValue());
            comma = ",";
        }
        json.append('}');
    }

    /** Reasons and room ids need none; an object's name may have anything in it. */
    private static String escaped(String key) {
        StringBuilder escaped = new StringBuilder(key.length());
        for (char c : key.toCharArray()) {
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < ' ') {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    @Override
    public String toString() {
        return json(read());
    }
}
