package io.thermolake.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.local.series.DetectorChoice;
import io.thermolake.local.series.JudgedRow;
import io.thermolake.local.series.SeriesFile;
import io.thermolake.local.series.SeriesRun;
import io.thermolake.reading.Timestamps;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges any series: a row a value, without a look ahead. */
@Command(
        name = "detect",
        mixinStandardHelpOptions = true,
        description = "Tell what is unusual in any CSV of times and values: a row for each of its rows, in order.")
final class DetectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE.csv", description = "With a header; values in the order in which they came.")
    Path file = Path.of("");

    @Option(names = "--timestamp", paramLabel = "COLUMN", description = "The column of times (${DEFAULT-VALUE}).")
    String timestamp = "timestamp";

    @Option(names = "--value", paramLabel = "COLUMN", description = "The column of values (${DEFAULT-VALUE}).")
    String value = "value";

    @Option(
            names = "--train-until",
            paramLabel = "TIME",
            description = "What is before it is without faults: thresholds are learned from it, by the alarm budget."
                    + " Without it each value is judged against all before it.")
    @Nullable
    String trainUntil;

    @Option(
            names = "--detector",
            paramLabel = "NAME",
            description =
                    "One of ${COMPLETION-CANDIDATES}: rules and features alone, with a forest in this process, or with"
                            + " one of the training as SageMaker makes it (features with a training, embedded without one).")
    @Nullable
    DetectorChoice detector;

    @Option(names = "--seed", description = "Of the forest (${DEFAULT-VALUE}).")
    long seed = 1;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the rows go, instead of to stdout.")
    @Nullable
    Path out;

    @Option(names = "--json", description = "A summary on stdout instead of the rows.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        OptionalLong until = OptionalLong.empty();
        if (trainUntil != null) {
            until = Timestamps.epochSecond(trainUntil);
            if (until.isEmpty()) {
                throw new CommandException("--train-until is no time: " + trainUntil
                        + "; write it as YYYY-MM-DD HH:MM:SS, ISO 8601 or epoch seconds");
            }
        }
        List<JudgedRow> judged = judged(until);
        if (out != null) {
            try (Writer writer = Files.newBufferedWriter(out, UTF_8)) {
                writer.write(JudgedRow.csv(judged));
            }
        } else if (!json) {
            new PrintStream(System.out, false, UTF_8).print(JudgedRow.csv(judged));
            System.out.flush();
        }
        new Console(json).answer(summary(judged));
        return 0;
    }

    private DetectorChoice choice(OptionalLong until) {
        return detector != null ? detector : DetectorChoice.usual(until.isPresent());
    }

    private List<JudgedRow> judged(OptionalLong until) {
        try {
            return SeriesRun.judge(SeriesFile.read(file, timestamp, value), until, choice(until), seed);
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Object> summary(List<JudgedRow> judged) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("rows", judged.size());
        summary.put("unreadable", judged.stream().filter(j -> !j.readable()).count());
        summary.put("anomalies", judged.stream().filter(JudgedRow::anomaly).count());
        summary.put(
                "alarms",
                judged.stream()
                        .filter(JudgedRow::alarm)
                        .map(j -> Map.of("timestamp", j.timestamp(), "value", j.value(), "cause", j.cause()))
                        .toList());
        return summary;
    }
}
