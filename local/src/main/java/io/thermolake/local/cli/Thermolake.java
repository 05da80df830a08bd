package io.thermolake.local.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.thermolake.local.cloud.ListenException;
import io.thermolake.local.stack.StackException;
import io.thermolake.run.BadInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's root. */
@Command(
        name = "thermolake",
        mixinStandardHelpOptions = true,
        version = "thermolake 0.1.0",
        description = "Room temperatures into a lake, a report and alarms: the whole AWS pipeline on this laptop.",
        subcommands = {
            RunCommand.class,
            CloudCommand.class,
            SensorCommand.class,
            QueryCommand.class,
            ExecutionsCommand.class,
            VerifyCommand.class,
            CostsCommand.class,
            AslCommand.class,
            DetectCommand.class,
            ModelsCommand.class,
            CleanCommand.class
        })
public final class Thermolake implements Runnable {
    private static final int USAGE = 2;

    public static void main(String[] args) {
        quiet(System.getProperty("thermolake.log", "WARN"));
        int code = new CommandLine(new Thermolake())
                .setExecutionExceptionHandler((e, commandLine, result) -> {
                    Optional<String> lost = CloudSession.lost();
                    if (lost.isPresent()) {
                        commandLine.getErr().println(lost.get());
                        new Console(List.of(args).contains("--json"))
                                .answer(Map.of("status", "FAILED", "error", "CloudEnded", "cause", lost.get()));
                        return 1;
                    }
                    if (e instanceof CommandException
                            || e instanceof BadInputException
                            || e instanceof ListenException
                            || e instanceof StackException) {
                        String sentence = String.valueOf(e.getMessage());
                        commandLine.getErr().println(sentence);
                        new Console(List.of(args).contains("--json")).answer(rejected(e, sentence));
                        return USAGE;
                    }
                    e.printStackTrace(commandLine.getErr());
                    return 1;
                })
                .setExecutionStrategy(parsed -> {
                    TemporaryFiles.inDataFolderOf(parsed);
                    return new CommandLine.RunLast().execute(parsed);
                })
                .execute(args);
        // Engines leave threads behind; what must end well has been closed by now.
        System.exit(code);
    }

    private static Map<String, String> rejected(Exception e, String sentence) {
        return Map.of("status", "REJECTED", "error", e.getClass().getSimpleName(), "cause", sentence);
    }

    /** Jetty, moquette, s3proxy and our services log by slf4j; people read the command's own lines. */
    private static void quiet(String level) {
        for (String logger : List.of("ROOT", "io.thermolake")) {
            ((Logger) LoggerFactory.getLogger(logger)).setLevel(Level.toLevel(level));
        }
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
