package io.thermolake.extract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.thermolake.lake.LakeLayout;
import io.thermolake.reading.Source;
import io.thermolake.reading.Timestamps;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Holds what the visual job wrote against the files that it read, reading by reading: the job runs outside our code, and
 * another reader may join lines, or take one column for another. Readings are compared, not texts: readers differ in
 * blanks, quotes, empty cells and broken rows, and none of that is a reading. So bad records are taken from the files
 * themselves, and of what the visual job made of a bad record nothing is used.
 */
final class HistoryCheck {
    private static final Column[] KEY = {col("room_id"), col("second"), col("temperature")};
    private static final int MOST_FILES = 3;

    private HistoryCheck() {}

    /**
     * @param rows all rows of the run, with the sums of the history's files
     * @param source makes the rows of the history's files as they came, with their readings; asked only when sums differ
     * @return the records that count
     * @throws IllegalStateException when a reading of the files is not among those that the visual job wrote
     */
    static Dataset<Row> checked(Dataset<Row> rows, Supplier<Dataset<Row>> source) {
        ReadingSum files = new ReadingSum();
        ReadingSum imported = new ReadingSum();
        for (Row row : rows.filter(col("reason").equalTo(RecordReader.SUM)).collectAsList()) {
            (row.<Integer>getAs("rank") == Source.HISTORY_FILE.rank() ? files : imported)
                    .add(ReadingSum.parse(row.<String>getAs("text")));
        }
        Column reading = col("room_id").isNotNull();
        Column history = col("rank").equalTo(Source.HISTORY.rank());
        Dataset<Row> records = rows.filter(reading.or(
                col("reason").notEqual(RecordReader.SUM).and(col("rank").notEqual(Source.HISTORY.rank()))));
        if (files.sameReadings(imported)) {
            return records;
        }
        Dataset<Row> difference = sided(source.get(), 1)
                .union(sided(rows.filter(history), -1))
                .groupBy(KEY)
                .agg(
                        sum("side").as("lacking"),
                        max("side").as("known"),
                        max(when(col("side").equalTo(1), col("object"))).as("object"));
        refuseLost(difference.filter(col("lacking").gt(0)), files.records, imported.records);
        Dataset<Row> invented = difference.filter(col("known").lt(0)).select(KEY);
        return records.filter(not(history))
                .union(records.filter(history)
                        .join(invented, new String[] {"room_id", "second", "temperature"}, "left_anti")
                        .select(columns(records)));
    }

    private static Column[] columns(Dataset<Row> rows) {
        return Arrays.stream(rows.columns()).map(name -> col(name)).toArray(Column[]::new);
    }

    private static Dataset<Row> sided(Dataset<Row> rows, int side) {
        return rows.filter(col("room_id").isNotNull())
                .select(
                        col("room_id"),
                        col("second"),
                        col("temperature"),
                        col("object"),
                        lit(side).as("side"));
    }

    private static void refuseLost(Dataset<Row> lost, long read, long wrote) {
        List<Row> files = lost.groupBy("object")
                .agg(sum("lacking"), min("room_id"), min("second"))
                .orderBy(col("object"))
                .collectAsList();
        if (files.isEmpty()) {
            return;
        }
        StringBuilder named = new StringBuilder();
        for (Row file : files.subList(0, Math.min(MOST_FILES, files.size()))) {
            named.append(named.length() == 0 ? "" : ", ")
                    .append("%s (%d, such as of room %s from %s on)"
                            .formatted(
                                    file.getString(0),
                                    file.getLong(1),
                                    file.getString(2),
                                    Timestamps.text(file.getLong(3))));
        }
        throw new IllegalStateException((LakeLayout.HISTORY
                        + " has %d records, but the history job wrote %d, and some readings are not in it as their files"
                        + " say them: %s%s. Nothing is committed. In these files the history job read another"
                        + " column, or joined or dropped lines: they must be UTF-8, with a first line that names"
                        + " timestamp, room_id and temperature in lower case, commas between them and every quote"
                        + " closed. Mend them, or bring them with ./thermolake run --history; then start the"
                        + " run again from ImportHistory")
                .formatted(
                        read,
                        wrote,
                        named,
                        files.size() > MOST_FILES ? " and %d more files".formatted(files.size() - MOST_FILES) : ""));
    }
}
