package io.thermolake.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.model.promotion.ConfirmedFault;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ConfirmCommandTest {
    private static final Instant NOW = Instant.parse("2026-04-02T08:00:00Z");

    private static ConfirmedFault confirmed(String... arguments) {
        ConfirmCommand command = new ConfirmCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.fault(NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-20,           2026-03-20,                2026-03-20T00:00:00Z, 2026-03-20T23:59:59Z",
        "2026-03-20 10:00:00,  2026-03-20T12:30:00+01:00, 2026-03-20T10:00:00Z, 2026-03-20T11:30:00Z",
        "1773993600,           2026-03-21,                2026-03-20T08:00:00Z, 2026-03-21T23:59:59Z",
    })
    void aTimeOrADateIsMeant(String from, String to, Instant first, Instant last) {
        assertThat(confirmed("lab", from, to, "--note", "a heater"))
                .isEqualTo(new ConfirmedFault(first, last, "a heater", NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "yesterday,           2026-03-20,          is no time; write it as YYYY-MM-DD",
        "2026-03-20,          2026-02-30 10:00:00, 2026-02-30 10:00:00' is no time",
        "2026-03-20 10:00:00, 2026-03-19,          cannot end at 2026-03-19T23:59:59Z",
    })
    void whatIsNoTimeIsRefused(String from, String to, String told) {
        assertThatThrownBy(() -> confirmed("lab", from, to))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(told);
    }
}
