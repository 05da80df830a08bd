package io.thermolake.asl.internal.definition;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields that a type of state may have: in both query languages, only in JSONPath, only in JSONata. */
record Grammar(Set<String> both, Set<String> path, Set<String> jsonata) {
    private static final List<String> TYPES =
            List.of("Task", "Wait", "Pass", "Succeed", "Fail", "Choice", "Parallel", "Map");
    private static final Set<String> ANY = Set.of("Type", "QueryLanguage");
    private static final Set<String> PATHS = Set.of("InputPath", "OutputPath");
    private static final Set<String> WORK =
            Set.of("InputPath", "Parameters", "ResultSelector", "ResultPath", "OutputPath");

    private static final Map<String, Grammar> BY_TYPE = Map.of(
            "Pass",
                    new Grammar(
                            Set.of("Next", "End", "Assign"),
                            plus(PATHS, "Parameters", "Result", "ResultPath"),
                            Set.of("Output")),
            "Task",
                    new Grammar(
                            Set.of(
                                    "Next",
                                    "End",
                                    "Assign",
                                    "Resource",
                                    "TimeoutSeconds",
                                    "HeartbeatSeconds",
                                    "Credentials",
                                    "Retry",
                                    "Catch"),
                            plus(WORK, "TimeoutSecondsPath", "HeartbeatSecondsPath"),
                            Set.of("Arguments", "Output")),
            "Choice", new Grammar(Set.of("Choices", "Default", "Assign"), PATHS, Set.of("Output")),
            "Wait",
                    new Grammar(
                            Set.of("Next", "End", "Assign", "Seconds", "Timestamp"),
                            plus(PATHS, "SecondsPath", "TimestampPath"),
                            Set.of("Output")),
            "Succeed", new Grammar(Set.of("End"), PATHS, Set.of("Output")),
            "Fail", new Grammar(Set.of("End", "Error", "Cause"), Set.of("ErrorPath", "CausePath"), Set.of()),
            "Parallel",
                    new Grammar(
                            Set.of("Next", "End", "Assign", "Branches", "Retry", "Catch"),
                            WORK,
                            Set.of("Arguments", "Output")),
            "Map",
                    new Grammar(
                            Set.of(
                                    "Next",
                                    "End",
                                    "Assign",
                                    "ItemProcessor",
                                    "Iterator",
                                    "MaxConcurrency",
                                    "ItemSelector",
                                    "ItemReader",
                                    "ItemBatcher",
                                    "ResultWriter",
                                    "Label",
                                    "ToleratedFailureCount",
                                    "ToleratedFailurePercentage",
                                    "Retry",
                                    "Catch"),
                            plus(
                                    WORK,
                                    "ItemsPath",
                                    "MaxConcurrencyPath",
                                    "ToleratedFailureCountPath",
                                    "ToleratedFailurePercentagePath"),
                            Set.of("Items", "Output")));

    private static Set<String> plus(Set<String> some, String... more) {
        return union(some, Set.of(more));
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }

    /** The grammar of the state's type; null where there is none, which is told. */
    static @Nullable Grammar of(Fields fields) {
        fields.required("Type");
        String type = fields.text("Type");
        Grammar grammar = type == null ? null : BY_TYPE.get(type);
        if (type != null && grammar == null) {
            fields.problem("The field 'Type' should have one of these values: " + TYPES, "Type");
        }
        return grammar;
    }

    /** Tells of every field that the type does not have in the state's language, and of a state that neither goes on nor ends. */
    void check(Fields fields) {
        fields.known(union(union(ANY, both), fields.jsonata() ? jsonata : path), fields.jsonata() ? path : jsonata);
        boolean ends = fields.flag("End");
        if (goesOn() && fields.has("Next") == ends) {
            fields.problem((ends
                            ? "There should only be one of the following fields: "
                            : "This object should have only one of the following fields: ")
                    + "[Next, End]");
        }
    }

    boolean goesOn() {
        return both.contains("Next");
    }

    boolean handlesErrors() {
        return both.contains("Catch");
    }
}
