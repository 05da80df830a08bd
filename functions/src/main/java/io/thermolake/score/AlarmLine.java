package io.thermolake.score;

import com.google.gson.annotations.SerializedName;
import io.thermolake.RecordJson;

/** One line of {@code alarms/<room>.jsonl}, as the table {@code alarms} names its columns. */
record AlarmLine(
        @SerializedName("room_id") String roomId,
        String start,
        String end,
        double worst,
        double score,
        int readings,
        String kind,
        String model) {

    /** A room's whole file; empty when it has no alarms. */
    static String file(ScoreIndex index) {
        StringBuilder lines = new StringBuilder();
        for (Alarm alarm : index.alarms()) {
            AlarmLine line = new AlarmLine(
                    index.room(),
                    alarm.start(),
                    alarm.end(),
                    alarm.worst(),
                    alarm.score(),
                    alarm.readings(),
                    alarm.kind(),
                    index.model());
            lines.append(RecordJson.gson().toJson(line)).append('\n');
        }
        return lines.toString();
    }
}
