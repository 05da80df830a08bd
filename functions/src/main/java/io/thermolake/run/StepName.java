package io.thermolake.run;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parts of a run that can be skipped, in the order in which they are decided. */
public enum StepName {
    ImportS3("ImportHistory"),
    ImportDatabase(null),
    CrawlRaw("CrawlRaw"),
    ExtractRooms("ExtractRooms"),
    CommitRun(null),
    Detect("Detect"),
    StartEndpoint(null),
    Report("Report");

    private final @Nullable String start;

    StepName(@Nullable String start) {
        this.start = start;
    }

    /** The state of the pipeline that a run starts from to begin with this step; null where none does. */
    public @Nullable String start() {
        return start;
    }

    /** The states that a run may start from, in the pipeline's order. */
    public static List<String> starts() {
        return Arrays.stream(values())
                .map(StepName::start)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The first step of a run that starts from this state; empty where no run may. */
    public static Optional<StepName> startedBy(String start) {
        return Arrays.stream(values()).filter(step -> start.equals(step.start)).findFirst();
    }
}
