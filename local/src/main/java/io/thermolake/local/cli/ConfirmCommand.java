package io.thermolake.local.cli;

import io.thermolake.lake.store.LakeStore;
import io.thermolake.model.promotion.ConfirmedFault;
import io.thermolake.model.promotion.ConfirmedFaults;
import io.thermolake.model.store.Faults;
import io.thermolake.model.store.Models;
import io.thermolake.reading.Timestamps;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says that something was wrong in a room, so that no model takes it for usual. */
@Command(
        name = "confirm",
        mixinStandardHelpOptions = true,
        description = "Say that something was wrong in a room: the next training leaves these readings out.")
final class ConfirmCommand extends RoomModels {
    @Parameters(index = "0", paramLabel = "ROOM")
    String room = "";

    @Parameters(
            index = "1",
            paramLabel = "FROM",
            description = "YYYY-MM-DD HH:MM:SS (UTC), ISO 8601, or a date: its beginning.")
    String from = "";

    @Parameters(index = "2", paramLabel = "TO", description = "The last moment; a date: its end.")
    String to = "";

    @Option(names = "--note", paramLabel = "TEXT", description = "What it was.")
    @Nullable
    String note;

    @Override
    void on(LakeStore store, Models models, Console console) {
        known(store, room);
        ConfirmedFault fault = fault(Instant.now());
        ConfirmedFaults all = new Faults(store).confirm(room, fault);
        console.say(
                "%s: %d confirmed %s; the next training leaves out up to a tenth of its readings for them",
                room, all.faults().size(), all.faults().size() == 1 ? "fault" : "faults");
        console.answer(all);
    }

    ConfirmedFault fault(Instant now) {
        try {
            return new ConfirmedFault(time(from, false), time(to, true), note, now);
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Instant time(String text, boolean end) {
        try {
            LocalDate day = LocalDate.parse(text);
            return (end ? day.plusDays(1) : day)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant()
                    .minusSeconds(end ? 1 : 0);
        } catch (DateTimeParseException e) {
            return Instant.ofEpochSecond(Timestamps.epochSecond(text)
                    .orElseThrow(() -> new IllegalArgumentException("'" + text
                            + "' is no time; write it as YYYY-MM-DD, YYYY-MM-DD HH:MM:SS, ISO 8601 or epoch seconds")));
        }
    }
}
