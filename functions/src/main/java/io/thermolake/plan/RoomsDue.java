package io.thermolake.plan;

import java.util.Map;

/**
 * Rooms of the lake whose detection is due, whatever is new outside it.
 *
 * @param embedded whether the stack's detector is
 * @param due room to why it is to be trained or scored
 * @param silent room to why it is to be looked at though nothing of it is due: no reading tells of a silence
 * @param hosted room to why it needs an endpoint when it is due
 */
record RoomsDue(boolean embedded, Map<String, String> due, Map<String, String> silent, Map<String, String> hosted) {
    static RoomsDue none(boolean embedded) {
        return new RoomsDue(embedded, Map.of(), Map.of(), Map.of());
    }
}
