package io.thermolake.local.sample;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Live sensors: readings of the present, sent by MQTT at a steady rate, each room from a connection of its own. */
public final class SensorSource {
    private final String host;
    private final int port;
    private final List<RoomClimate> rooms;
    private final Clock clock;
    private final double heatedBy;

    /**
     * @param rooms to send for, one at least
     * @param heatedBy °C added to every reading: what a fault looks like; 0 for none
     */
    public SensorSource(String host, int port, List<RoomClimate> rooms, Clock clock, double heatedBy) {
        if (rooms.isEmpty()) {
            throw new IllegalArgumentException("A sensor source needs a room at least");
        }
        this.host = host;
        this.port = port;
        this.rooms = List.copyOf(rooms);
        this.clock = clock;
        this.heatedBy = heatedBy;
    }

    /** The climate of a room of the sample, or of one like it. */
    public static RoomClimate climate(String room) {
        return RoomClimate.ROOMS.stream()
                .filter(c -> c.room().equals(room))
                .findFirst()
                .orElseGet(() -> new RoomClimate(room, 17, 21, 7, 18));
    }

    /**
     * Sends until {@code rounds} are done or {@code on} says no more. A round is a reading of each room; a room has one
     * reading a second at most, as timestamps have whole seconds.
     *
     * @param every from one round to the next, a second at least
     * @param sent is told of each round's end with the number of readings so far
     * @return how many readings the broker acknowledged
     */
    public long run(long rounds, Duration every, BooleanSupplier on, Consumer<Long> sent) throws InterruptedException {
        if (every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("A sensor sends once a second at most, not every " + every);
        }
        Map<String, SensorClient> clients = new TreeMap<>();
        Map<String, RoomClimate.Noise> noises = new TreeMap<>();
        long count = 0;
        try {
            for (RoomClimate room : rooms) {
                clients.put(room.room(), new SensorClient(host, port, room.room()));
                noises.put(room.room(), new RoomClimate.Noise(room.room().hashCode()));
            }
            Instant begin = clock.instant();
            for (long round = 0; round < rounds && on.getAsBoolean(); round++) {
                pause(begin.plus(every.multipliedBy(round)));
                Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
                for (RoomClimate room : rooms) {
                    send(clients.get(room.room()), noises.get(room.room()), room, now);
                    count++;
                }
                clients.values().forEach(SensorClient::awaitAcknowledged);
                sent.accept(count);
            }
        } finally {
            clients.values().forEach(SensorClient::close);
        }
        return count;
    }

    private void send(
            @org.jspecify.annotations.Nullable SensorClient client,
            RoomClimate.@org.jspecify.annotations.Nullable Noise noise,
            RoomClimate room,
            Instant now) {
        if (client != null && noise != null) {
            double celsius = room.at(now) + noise.next() + heatedBy;
            client.send(LiveMessage.of(new SampleReading(now, room.room(), (int) StrictMath.rint(celsius * 100))));
        }
    }

    private void pause(Instant until) throws InterruptedException {
        long millis = Duration.between(clock.instant(), until).toMillis();
        if (millis > 0) {
            Thread.sleep(millis);
        }
    }
}
