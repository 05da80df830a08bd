package io.thermolake.alarm;

import com.google.gson.annotations.SerializedName;
import io.thermolake.RecordJson;
import java.util.List;

/** One line of {@code alarms/<room>.jsonl}, as the table {@code alarms} names its columns. */
public record AlarmLine(
        @SerializedName("room_id") String roomId,
        String start,
        String end,
        double worst,
        double score,
        int readings,
        String kind,
        String model) {

    /**
     * A room's whole file; empty when it has no alarms.
     *
     * @param model whose scores the alarms are of
     */
    public static String file(String room, List<Alarm> alarms, String model) {
        StringBuilder lines = new StringBuilder();
        for (Alarm alarm : alarms) {
            AlarmLine line = new AlarmLine(
                    room,
                    alarm.start(),
                    alarm.end(),
                    alarm.worst(),
                    alarm.score(),
                    alarm.readings(),
                    alarm.kind(),
                    model);
            lines.append(RecordJson.gson().toJson(line)).append('\n');
        }
        return lines.toString();
    }
}
