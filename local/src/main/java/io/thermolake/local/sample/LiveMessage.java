package io.thermolake.local.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A message as a room's sensor publishes it. */
record LiveMessage(String topic, String payload) {
    static LiveMessage of(SampleReading reading) {
        return of(
                reading.room(),
                "{\"timestamp\":\"%s\",\"room_id\":\"%s\",\"temperature\":%s}"
                        .formatted(reading.timestamp(), reading.room(), reading.temperature()));
    }

    /** @param room of the sensor; the payload may say something else */
    static LiveMessage of(String room, String payload) {
        return new LiveMessage(topic(room), payload);
    }

    static String topic(String room) {
        return "rooms/" + room + "/temperature";
    }

    byte[] bytes() {
        return payload.getBytes(UTF_8);
    }
}
