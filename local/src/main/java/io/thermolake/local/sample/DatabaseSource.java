package io.thermolake.local.sample;

import io.thermolake.local.database.DatabaseService;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the building's own database has: two weeks, with some values that were corrected since they were exported. */
final class DatabaseSource {
    /** Minutes after its start at which the database has another value than the history. */
    static final Set<Long> CORRECTED = Set.of(60L, 1500L, 3000L, 4700L);

    private static final int CORRECTION_HUNDREDTHS = 25;

    private static final int ROWS_A_BATCH = 5000;
    /** A row without a value, as an outage of the building's own logger left it. */
    private static final String BROKEN = "INSERT INTO dbo.temperatures VALUES ('2026-03-20 04:00:30', 'office', NULL)";

    static final int BROKEN_ROWS = 1;

    private DatabaseSource() {}

    /** In the order of time, then of rooms. */
    static List<SampleReading> rows(Sample sample) {
        List<SampleReading> rows = new ArrayList<>();
        Instant end = Sample.DATABASE_END;
        for (Instant t = Sample.DATABASE_START; t.isBefore(end); t = t.plus(Duration.ofMinutes(1))) {
            for (String room : sample.rooms()) {
                SampleReading reading =
                        sample.readings(room, t, t.plus(Duration.ofMinutes(1))).get(0);
                long minute = Duration.between(Sample.DATABASE_START, t).toMinutes();
                boolean corrected = room.equals("office") && CORRECTED.contains(minute);
                rows.add(corrected ? reading.with(reading.hundredths() + CORRECTION_HUNDREDTHS) : reading);
            }
        }
        return rows;
    }

    /** Makes dbo.temperatures anew. */
    static void fill(Connection connection, Sample sample) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS dbo.temperatures");
            statement.execute(DatabaseService.TABLE);
            statement.execute(BROKEN);
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO dbo.temperatures VALUES (?, ?, ?)")) {
            int n = 0;
            for (SampleReading row : rows(sample)) {
                insert.setObject(1, LocalDateTime.ofInstant(row.time(), ZoneOffset.UTC));
                insert.setString(2, row.room());
                insert.setDouble(3, row.hundredths() / 100.0);
                insert.addBatch();
                if (++n % ROWS_A_BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
        connection.commit();
        try (Statement statement = connection.createStatement()) {
            // H2 writes a commit to its file within half a second: a kill before that would lose the rows.
            statement.execute("CHECKPOINT SYNC");
        }
    }
}
