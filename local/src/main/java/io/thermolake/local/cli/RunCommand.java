package io.thermolake.local.cli;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.thermolake.RecordJson;
import io.thermolake.local.sample.Sample;
import io.thermolake.local.verify.LakeFiles;
import io.thermolake.plan.RunInput;
import java.io.IOException;
import java.nio.file.Files;
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
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.s3.S3Client;
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

    @Option(names = "--now", paramLabel = "TIME", description = "The run's idea of the present.")
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

    @Option(names = "--history", paramLabel = "FILE.csv", description = "History of yours, with a header.")
    @Nullable
    Path history;

    @Option(names = "--live", paramLabel = "FILE.jsonl", description = "Readings of yours as JSON lines.")
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
        markOwnData();
        Console console = new Console(flags.json);
        Instant begun = Instant.now();
        try (CloudSession session = CloudSession.open(flags.options(timeScale, 0, 0))) {
            Thread.currentThread().setName("run");
            lambda.choose(session, flags.data, console);
            boolean sample = bringData(session, console);
            boolean today = Files.exists(flags.data.resolve(SensorCommand.MARKER));
            if (sample && !today && now == null && slot == null) {
                now = Sample.NOW.toString();
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
            RunReport report = RunReport.of(session, name, ended, watch.trace(), before);
            report.print(console, Instant.now().toEpochMilli() - begun.toEpochMilli());
            console.answer(report.json());
            return ended.status() == ExecutionStatus.SUCCEEDED ? 0 : 1;
        }
    }

    /** A folder holds the sample or a user's own data, never both: they would be one lake. */
    private void markOwnData() throws IOException {
        if (history == null && live == null) {
            return;
        }
        if (history != null) {
            OwnData.check(history);
        }
        if (live != null) {
            OwnData.check(live);
        }
        if (Files.exists(flags.data.resolve("sample.json"))) {
            throw new CommandException(
                    "The data folder " + flags.data
                            + " holds the sample; give your own data another one with --data FOLDER, or ./thermolake clean first");
        }
        Files.createDirectories(flags.data);
        Path marker = flags.data.resolve(OwnData.MARKER);
        if (!Files.exists(marker)) {
            Files.createFile(marker);
        }
    }

    /** @return whether the folder holds the sample */
    private boolean bringData(CloudSession session, Console console) {
        if (history != null) {
            long lines = new OwnData(timestamp, value, room)
                    .history(history, session.client(S3Client.builder()), session.fact("bucket"));
            console.say("%s: %s lines into raw/history/", history, Console.count(lines));
        }
        if (live != null) {
            long lines =
                    OwnData.live(live, session.client(FirehoseClient.builder()), session.fact("Ingest.LiveStream"));
            session.control().call("Flush", Map.of());
            console.say("%s: %s lines through Firehose", live, Console.count(lines));
        }
        if (Files.exists(flags.data.resolve(OwnData.MARKER))) {
            session.control().call("Flush", Map.of());
            return false;
        }
        if (!Files.exists(flags.data.resolve("sample.json"))) {
            console.say("Sending the sample: 30 days of 5 rooms, the last two days over MQTT as sensors do");
            Map<?, ?> sent = session.control().call("SendSample", Map.of());
            JsonObject json = new Gson().toJsonTree(sent).getAsJsonObject();
            console.say(
                    "  history %s, database %s, live %s records",
                    Console.count(json.get("history").getAsLong()),
                    Console.count(json.get("database").getAsLong()),
                    Console.count(json.get("live").getAsLong()));
        } else {
            session.control().call("Flush", Map.of());
        }
        return true;
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
