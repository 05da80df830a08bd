package io.thermolake;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What a run measures, as lines of CloudWatch's embedded metric format: the metrics cost no call ("Specification: Embedded
 * metric format", CloudWatch user guide). A line goes to standard output, not to the context's logger: with the log format
 * JSON that logger wraps a text into a {@code message}, and CloudWatch reads metrics of a line's top level only. On the
 * laptop standard output is the function host's log.
 */
public final class Metrics {
    static final String NAMESPACE = "Thermolake";
    /** Two stacks of one account keep their figures apart. */
    static final String DIMENSION = "Stack";

    /** The names that alarms and the dashboard know. */
    public enum Name {
        /** 1 for each run that came to its end. */
        RunFinished("Count"),
        /** 1 for each run that did nothing, since another one was on. */
        Skipped("Count"),
        Read("Count"),
        Clean("Count"),
        Quarantined("Count"),
        Duplicates("Count"),
        /** Quarantined of read, 0 to 1; not sent when nothing was read. */
        QuarantineRatio("None"),
        /** Alarms of all rooms that the lake knows. */
        Alarms("Count"),
        /** Rooms whose detection failed. */
        FailedRooms("Count"),
        /** Things that went wrong and did not fail the run, such as a dashboard's refresh. */
        Warnings("Count");

        private final String unit;

        Name(String unit) {
            this.unit = unit;
        }

        String unit() {
            return unit;
        }
    }

    private final String stack;
    private final Clock clock;
    private final Consumer<String> out;

    /** To standard output. */
    public Metrics(String stack, Clock clock) {
        this(stack, clock, line -> System.out.println(line));
    }

    public Metrics(String stack, Clock clock, Consumer<String> out) {
        this.stack = stack;
        this.clock = clock;
        this.out = out;
    }

    /** One line for all of them. */
    public void put(String runId, Map<Name, ? extends Number> values) {
        Map<String, Object> line = new TreeMap<>();
        values.forEach((name, value) -> line.put(name.name(), value));
        List<Map<String, String>> declared = values.keySet().stream()
                .sorted()
                .map(name -> Map.of("Name", name.name(), "Unit", name.unit))
                .toList();
        line.put("runId", runId);
        line.put(DIMENSION, stack);
        line.put(
                "_aws",
                Map.of(
                        "Timestamp",
                        clock.millis(),
                        "CloudWatchMetrics",
                        List.of(Map.of(
                                "Namespace",
                                NAMESPACE,
                                "Dimensions",
                                List.of(List.of(DIMENSION)),
                                "Metrics",
                                declared))));
        out.accept(RecordJson.gson().toJson(line));
    }
}
