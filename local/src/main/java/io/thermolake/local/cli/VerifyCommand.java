package io.thermolake.local.cli;

import io.thermolake.local.aws.Scratch;
import io.thermolake.local.verify.Digest;
import io.thermolake.local.verify.LakeFiles;
import io.thermolake.local.verify.Problem;
import io.thermolake.local.verify.Verification;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Holds all that runs published against itself, or prints the digest of a lake without problems. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Hold all that runs published against itself, and name each damaged file; with --digest, print a SHA-256 of each published part.")
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    CloudFlags flags = new CloudFlags();

    @Option(names = "--digest", description = "A SHA-256 per kind, room and date, and one over all.")
    boolean digest;

    @Override
    public Integer call() throws IOException {
        LakeFiles lake = LakeFiles.in(flags.data).orElseThrow(this::nothing);
        Scratch scratch = Scratch.open(flags.data);
        try {
            return verify(lake);
        } finally {
            scratch.close();
        }
    }

    private int verify(LakeFiles lake) {
        Console console = new Console(flags.json);
        Verification verification = Verification.of(lake);
        if (verification.manifest() == 0 && verification.found().isEmpty()) {
            throw new CommandException("The data folder " + flags.data
                    + " holds no lake yet: no run has committed anything; ./thermolake run does");
        }
        if (digest && verification.found().isEmpty()) {
            List<Digest.Entry> entries = Digest.of(lake);
            entries.forEach(e -> console.say("%s  %s %s %s", e.sha256(), e.kind(), e.room(), e.date()));
            console.say("%s  total", Digest.total(entries));
            console.answer(Map.of("entries", entries, "total", Digest.total(entries)));
            return 0;
        }
        verification.found().forEach(p -> console.say("%s", p));
        console.say(
                "manifest %d, %s readings, %d problems",
                verification.manifest(),
                Console.count(verification.readings()),
                verification.found().size());
        if (digest) {
            console.say("A lake with problems has no digest");
        }
        console.answer(Map.of(
                "manifest", verification.manifest(),
                "readings", verification.readings(),
                "problems", verification.found().stream().map(Problem::toString).toList(),
                "found", verification.found()));
        return verification.found().isEmpty() ? 0 : 1;
    }

    private CommandException nothing() {
        return new CommandException("The data folder " + flags.data + " holds no lake; ./thermolake run makes one");
    }
}
