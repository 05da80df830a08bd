package io.thermolake.local.cli;

import io.thermolake.local.sample.RoomClimate;
import io.thermolake.local.sample.SensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends made-up readings over MQTT as sensors do, now. */
@Command(
        name = "sensor",
        mixinStandardHelpOptions = true,
        description = "Send made-up readings over MQTT as sensors do: one for each room, again and again.")
final class SensorCommand implements Callable<Integer> {
    @Mixin
    CloudFlags flags = new CloudFlags();

    @Option(
            names = "--rooms",
            paramLabel = "ROOM",
            split = ",",
            description =
                    "Rooms to make readings up for (default: those of the sample; to be said where data of yours is).")
    List<String> rooms = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "Readings of each room (${DEFAULT-VALUE}).")
    long rounds = 10;

    @Option(names = "--every", paramLabel = "SECONDS", description = "Between two rounds (${DEFAULT-VALUE}).")
    double every = 1;

    @Option(names = "--heated-by", paramLabel = "DEGREES", description = "Added to every reading (${DEFAULT-VALUE}).")
    double heatedBy;

    /** In a data folder: it holds what this command sent, and never the sample. */
    static final String MARKER = "sensors";

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (every < 1) {
            throw new CommandException("--every is " + every + "; a sensor sends once a second at most");
        }
        FolderContents contents = FolderContents.of(flags.data);
        contents.refuseBesideSample(flags.data, "the sensors");
        if (rooms.isEmpty() && !contents.takesMadeUpReadings()) {
            throw new CommandException(
                    "%s holds data of yours (%s), and this command makes its readings up. Name the rooms for them with --rooms, or another folder with --data"
                            .formatted(flags.data, contents.own()));
        }
        Files.createDirectories(flags.data);
        if (contents.takesMadeUpReadings()) {
            Files.writeString(flags.data.resolve(MARKER), "");
        }
        Console console = new Console(flags.json);
        List<RoomClimate> climates = new ArrayList<>(rooms.isEmpty() ? RoomClimate.ROOMS : List.of());
        rooms.forEach(room -> climates.add(SensorSource.climate(room)));
        try (CloudSession session = CloudSession.open(flags.options(1, 0, 0))) {
            int port = session.control().number("StartBroker", "port");
            SensorSource source = new SensorSource("127.0.0.1", port, climates, Clock.systemUTC(), heatedBy);
            long sent = source.run(
                    rounds,
                    Duration.ofMillis((long) (every * 1000)),
                    () -> !Thread.currentThread().isInterrupted(),
                    n -> {});
            session.control().call("Flush", Map.of());
            console.say(
                    "%s made-up readings sent, of %s",
                    Console.count(sent),
                    climates.stream().map(RoomClimate::room).collect(Collectors.joining(", ")));
            console.answer(Map.of("sent", sent));
            return 0;
        }
    }
}
