package io.thermolake.local.cli;

import io.thermolake.local.aws.Mounts;
import io.thermolake.local.aws.Scratch;
import java.nio.file.Path;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Has this JVM keep temporary files in the data folder of the command. In the system's folder each killed command would
 * leave DuckDB's library, 70 MB, for ever.
 */
final class TemporaryFiles {
    private TemporaryFiles() {}

    /** To be called before anything else: the JDK looks at the property once. */
    static void inDataFolderOf(ParseResult command) {
        ParseResult innermost = command;
        while (innermost.hasSubcommand()) {
            innermost = innermost.subcommand();
        }
        OptionSpec option = innermost.commandSpec().findOption("--data");
        if (option == null || !(option.getValue() instanceof Path data)) {
            return;
        }
        if (Mounts.isNoexec(data)) {
            System.err.println("The data folder " + data
                    + " is on a file system that is mounted noexec, so native libraries are copied to "
                    + System.getProperty("java.io.tmpdir") + "; what a killed command leaves there stays");
            return;
        }
        System.setProperty("java.io.tmpdir", Scratch.in(data).toString());
    }
}
