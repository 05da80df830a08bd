package io.thermolake.local.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the rooms' sensors publish in the sample's last two days, in the order in which each sends it: every 200th reading
 * twice, as after a lost acknowledgement; twenty readings an hour and a half late, as after an outage; and what broken or
 * lying sensors send.
 */
final class LiveSource {
    private static final int SENT_TWICE = 200;
    private static final Instant OUTAGE = Instant.parse("2026-03-29T20:00:00Z");
    private static final Duration OUTAGE_TIME = Duration.ofMinutes(20);
    private static final Instant OUTAGE_SENT = OUTAGE.plus(Duration.ofMinutes(90));

    /** Payloads that are JSON objects but no good readings, by the room of the sensor that sends them. */
    static final Map<String, List<String>> MALFORMED = Map.of(
            "kitchen",
            List.of(
                    "{\"timestamp\":\"2026-03-29 05:00:30\",\"room_id\":\"kitchen\"}",
                    "{\"timestamp\":\"2036-03-29 05:00:00\",\"room_id\":\"kitchen\",\"temperature\":21.0}"),
            "lab",
            List.of("{\"timestamp\":\"29/03/2026 05:00\",\"room_id\":\"lab\",\"temperature\":20.1}"),
            "lobby",
            List.of(
                    "{\"room_id\":\"lobby\",\"temperature\":18.2}",
                    "{\"timestamp\":\"2026-03-29 05:00:30\",\"room_id\":\"lobby\",\"temperature\":-300.0}"),
            "office",
            List.of("{\"timestamp\":\"2026-03-29 05:00:30\",\"room_id\":\"office\",\"temperature\":\"warm\"}"),
            // A sensor that speaks for another room.
            "storage",
            List.of("{\"timestamp\":\"2026-03-30 05:00:30\",\"room_id\":\"lab\",\"temperature\":55.0}"));

    /** Payloads that are no JSON: they never reach the lake's raw zone. */
    static final Map<String, List<String>> NO_JSON = Map.of(
            "kitchen", List.of("{\"timestamp\":\"2026-03-30 11:1"),
            "lobby", List.of("T=18.2C"));

    private LiveSource() {}

    static List<LiveMessage> messages(Sample sample, String room) {
        List<LiveMessage> messages = new ArrayList<>();
        List<LiveMessage> late = new ArrayList<>();
        int n = 0;
        for (SampleReading reading : sample.readings(room, Sample.LIVE_START, Sample.NOW)) {
            if (reading.time().equals(OUTAGE_SENT)) {
                messages.addAll(late);
            }
            LiveMessage message = LiveMessage.of(reading);
            if (!reading.time().isBefore(OUTAGE) && reading.time().isBefore(OUTAGE.plus(OUTAGE_TIME))) {
                late.add(message);
            } else {
                messages.add(message);
            }
            if (++n % SENT_TWICE == 0) {
                messages.add(message);
            }
        }
        bad(room).forEach(payload -> messages.add(messages.size() / 2, LiveMessage.of(room, payload)));
        return messages;
    }

    private static List<String> bad(String room) {
        List<String> bad = new ArrayList<>(MALFORMED.getOrDefault(room, List.of()));
        bad.addAll(NO_JSON.getOrDefault(room, List.of()));
        return bad;
    }
}
