package io.thermolake.local.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Lists the pipeline's executions, redrives one, or stops one. */
@Command(
        name = "executions",
        mixinStandardHelpOptions = true,
        description = "List the pipeline's executions, newest first; redrive or stop one.")
final class ExecutionsCommand implements Callable<Integer> {
    @Mixin
    CloudFlags flags = new CloudFlags();

    @Option(names = "--redrive", paramLabel = "RUN", description = "Go on with a failed run at the step that failed.")
    @Nullable
    String redrive;

    @Option(names = "--stop", paramLabel = "RUN", description = "Stop a run that is on in another terminal.")
    @Nullable
    String stop;

    @Option(names = "--time-scale", paramLabel = "FACTOR", description = "For --redrive (${DEFAULT-VALUE}).")
    double timeScale = 0.05;

    @Override
    public Integer call() throws InterruptedException {
        Console console = new Console(flags.json);
        try (CloudSession session = CloudSession.open(flags.existing(timeScale))) {
            SfnClient sfn = session.client(SfnClient.builder());
            String machine = session.fact("PipelineStateMachine");
            String wanted = stop;
            if (wanted != null) {
                sfn.stopExecution(b -> b.executionArn(arn(machine, wanted)).cause("Stopped by hand"));
                console.say("Stopping %s", wanted);
            }
            if (redrive != null) {
                return redrive(session, sfn, arn(machine, redrive), console);
            }
            List<Map<String, @Nullable Object>> all = new ArrayList<>();
            sfn.listExecutionsPaginator(b -> b.stateMachineArn(machine))
                    .executions()
                    .forEach(e -> all.add(row(e)));
            all.forEach(e -> console.say(
                    "%-28s %-10s %s  %ss",
                    String.valueOf(e.get("name")),
                    String.valueOf(e.get("status")),
                    String.valueOf(e.get("started")),
                    String.valueOf(e.get("seconds"))));
            console.answer(all);
            return 0;
        }
    }

    private int redrive(CloudSession session, SfnClient sfn, String arn, Console console) throws InterruptedException {
        Map<?, ?> before = session.control().call("Meter", Map.of());
        sfn.redriveExecution(b -> b.executionArn(arn));
        RunWatch watch = new RunWatch(sfn, arn, console, java.time.Instant.now());
        DescribeExecutionResponse ended = watch.untilOver();
        RunReport report = RunReport.of(session, ended.name(), ended, watch.trace(), before, List.of());
        report.print(
                console,
                Duration.between(ended.redriveDate(), java.time.Instant.now()).toMillis());
        console.answer(report.json());
        return ended.status() == ExecutionStatus.SUCCEEDED ? 0 : 1;
    }

    private static String arn(String machine, String run) {
        return machine.replace(":stateMachine:", ":execution:") + ":" + run;
    }

    private static Map<String, @Nullable Object> row(ExecutionListItem e) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("name", e.name());
        row.put("status", e.statusAsString());
        row.put("started", e.startDate().toString());
        row.put(
                "seconds",
                e.stopDate() == null
                        ? null
                        : Duration.between(e.startDate(), e.stopDate()).toMillis() / 1000.0);
        row.put("redriveCount", e.redriveCount());
        return row;
    }
}
