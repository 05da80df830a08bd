package io.thermolake.local.cli;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.thermolake.RecordJson;
import io.thermolake.local.sample.SampleSender;
import io.thermolake.local.verify.LakeFiles;
import io.thermolake.run.RunInput;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Runs the pipeline once, on the sample or on a user's own data, and watches it to its end. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run the pipeline once: on the sample, or on data of yours.")
final class RunCommand implements Callable<Integer> {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    @Mixin
    CloudFlags flags = new CloudFlags();

    @Option(names = "--slot", paramLabel = "TIME", description = "The scheduled time that the run is for.")
    @Nullable
    String slot;

    @Option(
            names = "--now",
            paramLabel = "TIME",
            description =
                    "The run's idea of the present (default: just after the newest reading when that is more than a day old, else now).")
    @Nullable
    String now;

    @Option(
            names = "--start-from",
            paramLabel = "STEP",
            description = "Begin at ImportHistory, CrawlRaw, ExtractRooms, Detect or Report.")
    @Nullable
    String startFrom;

    @Option(names = "--from", paramLabel = "TIME", description = "Leave out readings before it.")
    @Nullable
    String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "Leave out readings after it; a date means its whole day.")
    @Nullable
    String to;

    @Option(names = "--rooms", paramLabel = "ROOM", split = ",", description = "Only these rooms.")
    @Nullable
    List<String> rooms;

    @Option(names = "--force", description = "Read everything again, due or not.")
    boolean force;

    @Option(
            names = "--history",
            paramLabel = "FILE.csv",
            description =
                    "History of yours, with a header: commas, ';', tab or '|'; UTF-8, UTF-16 or Windows-1252; gzip or bzip2.")
    @Nullable
    Path history;

    @Option(
            names = "--live",
            paramLabel = "FILE.jsonl",
            description = "Readings of yours as JSON lines; in the same encodings, gzip or bzip2.")
    @Nullable
    Path live;

    @Option(names = "--timestamp", paramLabel = "COLUMN", description = "Its column of the time (${DEFAULT-VALUE}).")
    String timestamp = "timestamp";

    @Option(names = "--value", paramLabel = "COLUMN", description = "Its column of the temperature (${DEFAULT-VALUE}).")
    String value = "temperature";

    @Option(names = "--room", paramLabel = "COLUMN", description = "Its column of the room (${DEFAULT-VALUE}).")
    String room = "room_id";

    @Option(
            names = "--time-scale",
            paramLabel = "FACTOR",
            description = "Waiting states wait this many times as long as on AWS (${DEFAULT-VALUE}).")
    double timeScale = 0.05;

    @Mixin
    LambdaFlags lambda = new LambdaFlags();

    @Override
    public Integer call() throws Exception {
        RunInput wanted = new RunInput(slot, now, startFrom, from, to, rooms, force, null).checked();
        // The functions check it, too; but then the run has started.
        wanted.checkedAgainst(LakeFiles.in(flags.data)
                .flatMap(LakeFiles::manifest)
                .map(LakeFiles::rooms)
                .orElse(null));
        if (history != null || live != null) {
            FolderContents.of(flags.data).refuseBesideSample(flags.data, "your own data");
        }
        Console console = new Console(flags.json);
        Instant begun = Instant.now();
        try (OwnFiles files = OwnFiles.read(flags.data, history, live, new OwnData(timestamp, value, room))) {
            if (history != null || live != null) {
                flags.claim("your own data");
            }
            return run(files, console, begun);
        }
    }

    private int run(OwnFiles files, Console console, Instant begun) throws Exception {
        try (CloudSession session = CloudSession.open(flags.options(timeScale, 0, 0))) {
            Thread.currentThread().setName("run");
            lambda.choose(session, flags.data, console);
            FolderContents contents = bringData(session, files, console);
            List<String> warnings = contents.mixedWarning(flags.data).stream().toList();
            warnings.forEach(w -> console.say("warning: %s", w));
            if (now == null && slot == null) {
                Present present = Present.of(session, contents, begun);
                now = present.now();
                if (present.told() != null) {
                    console.say("%s", present.told());
                }
            }
            String input = RecordJson.gson()
                    .toJson(new RunInput(slot, now, startFrom, from, to, rooms, force ? Boolean.TRUE : null, null));
            SfnClient sfn = session.client(SfnClient.builder());
            Map<?, ?> before = session.control().call("Meter", Map.of());
            String name = "run-" + NAME.format(begun) + "-"
                    + Integer.toHexString(new Random().nextInt(0x10000) | 0x10000)
                            .substring(1);
            String arn = sfn.startExecution(b -> b.stateMachineArn(session.fact("PipelineStateMachine"))
                            .name(name)
                            .input(input))
                    .executionArn();
            console.say("Run %s (waiting states wait %s times as long as on AWS)", name, session.fact("timeScale"));
            stopOnInterrupt(sfn, arn);
            RunWatch watch = new RunWatch(sfn, arn, console, begun);
            DescribeExecutionResponse ended = watch.untilOver();
            RunReport report = RunReport.of(session, name, ended, watch.trace(), before, warnings);
            report.print(console, Instant.now().toEpochMilli() - begun.toEpochMilli());
            console.answer(report.json());
            return ended.status() == ExecutionStatus.SUCCEEDED ? 0 : 1;
        }
    }

    /** @return what the folder holds then */
    private FolderContents bringData(CloudSession session, OwnFiles files, Console console) {
        files.put(session, console);
        // What clients sent to the cloud shows in the folder only when it is delivered.
        session.control().call("Flush", Map.of());
        Path bucket = Path.of(session.fact("folder"));
        FolderContents contents = FolderContents.of(flags.data).withArrived(bucket, Instant.now());
        if (contents.takesSample() && !SampleSender.isSent(flags.data)) {
            console.say("Sending the sample: 30 days of 5 rooms, the last two days over MQTT as sensors do");
            Map<?, ?> sent = session.control().call("SendSample", Map.of());
            JsonObject json = new Gson().toJsonTree(sent).getAsJsonObject();
            console.say(
                    "  history %s, database %s, live %s records",
                    Console.count(json.get("history").getAsLong()),
                    Console.count(json.get("database").getAsLong()),
                    Console.count(json.get("live").getAsLong()));
            return FolderContents.of(flags.data);
        }
        return contents;
    }

    /** Ctrl-C stops the execution, and with it everything it started. */
    private static void stopOnInterrupt(SfnClient sfn, String arn) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                if (sfn.describeExecution(b -> b.executionArn(arn)).status() == ExecutionStatus.RUNNING) {
                    sfn.stopExecution(b -> b.executionArn(arn).cause("Ctrl-C"));
                }
            } catch (RuntimeException e) {
                // The cloud has ended already, and with it the execution.
            }
        }));
    }
}
