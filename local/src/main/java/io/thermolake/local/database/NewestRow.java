package io.thermolake.local.database;

import io.thermolake.reading.Timestamps;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The time of the newest row of a user's own database, asked before a run imports it. */
public final class NewestRow {
    private static final int SECONDS = 10;

    private NewestRow() {}

    /** @return {@code newest} as ISO 8601, or {@code unknown} with why; neither for the data folder's own database */
    public static Map<String, String> of(DatabaseService database) {
        Map<String, String> answer = new LinkedHashMap<>();
        if (database.isOwn()) {
            return answer;
        }
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            String quote = connection.getMetaData().getIdentifierQuoteString().strip();
            statement.setQueryTimeout(SECONDS);
            try (ResultSet rows =
                    statement.executeQuery("SELECT MAX(" + quote + "timestamp" + quote + ") FROM dbo.temperatures")) {
                String text = rows.next() ? rows.getString(1) : null;
                OptionalLong second = text == null ? OptionalLong.empty() : Timestamps.epochSecond(text.strip());
                if (second.isPresent()) {
                    answer.put(
                            "newest", Instant.ofEpochSecond(second.getAsLong()).toString());
                } else if (text != null) {
                    answer.put("unknown", "its greatest timestamp is '" + text + "'");
                }
            }
        } catch (SQLException e) {
            answer.put("unknown", String.valueOf(e.getMessage()));
        }
        return answer;
    }
}
