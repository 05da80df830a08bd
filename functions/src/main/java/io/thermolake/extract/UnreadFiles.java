package io.thermolake.extract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.thermolake.reading.Source;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds the files of which no record could be read: a whole file of another form is a user's mistake, and in a lake that has
 * much else its records are few among many.
 */
final class UnreadFiles {
    private UnreadFiles() {}

    /**
     * @param rows all rows of the run, with the sums of the history's files
     * @return objects to how many records they have
     */
    static SortedMap<String, Long> of(Dataset<Row> rows) {
        Column isSum = col("reason").equalTo(RecordReader.SUM);
        Column isGood = col("reason").isNull().or(col("reason").equalTo(RecordReader.OUT_OF_SCOPE));
        SortedMap<String, Long> unread = new TreeMap<>();
        // What the visual job wrote is no file of a user's.
        rows.filter(col("rank").notEqual(Source.HISTORY.rank()))
                .groupBy("object")
                .agg(
                        sum(when(isGood, lit(1L)).otherwise(lit(0L))).as("good"),
                        sum(when(isGood.or(isSum), lit(0L)).otherwise(lit(1L))).as("bad"),
                        max(when(isSum, col("text"))).as("sum"))
                .filter(col("good").equalTo(0L).and(col("bad").gt(0L)))
                .collectAsList()
                .forEach(row -> {
                    if (row.isNullAt(3) || ReadingSum.parse(row.getString(3)).isEmpty()) {
                        unread.put(row.getString(0), row.getLong(2));
                    }
                });
        return unread;
    }
}
