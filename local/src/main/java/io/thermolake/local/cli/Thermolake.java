package io.thermolake.local.cli;

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
            AslCommand.class,
            CleanCommand.class
        })
public final class Thermolake implements Runnable {
    private static final int USAGE = 2;

    public static void main(String[] args) {
        // Jetty, moquette and s3proxy log by slf4j; people read the command's own lines.
        ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("ROOT"))
                .setLevel(ch.qos.logback.classic.Level.toLevel(System.getProperty("thermolake.log", "ERROR")));
        int code = new CommandLine(new Thermolake())
                .setExecutionExceptionHandler((e, commandLine, result) -> {
                    if (e instanceof CommandException || e instanceof io.thermolake.plan.BadInputException) {
                        commandLine.getErr().println(e.getMessage());
                        return USAGE;
                    }
                    e.printStackTrace(commandLine.getErr());
                    return 1;
                })
                .execute(args);
        // Engines leave threads behind; what must end well has been closed by now.
        System.exit(code);
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
