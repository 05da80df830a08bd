package io.thermolake.extract;

import io.thermolake.reading.InputLine;
import io.thermolake.reading.RawFile;
import io.thermolake.reading.Reading;
import io.thermolake.reading.ReadingParser;
import io.thermolake.reading.TemperatureRange;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Reads one file of the list into rows, one at a time: every record becomes a row, a good one with its reading, a bad one
 * with its reason. Of the history as it came only the bad records do: its readings are those that the visual job wrote.
 *
 * @param latest seconds since 1970: what is later is in the future
 * @param from inclusive, seconds since 1970
 * @param to exclusive
 * @param rooms the only rooms in scope; empty for all
 * @param range which temperatures may be a room's
 */
record RecordReader(String bucket, long latest, long from, long to, Set<String> rooms, TemperatureRange range)
        implements Serializable {
    /** The reason of good readings that the run leaves out; they are counted, not quarantined. */
    static final String OUT_OF_SCOPE = "out_of_scope";

    /** The reason of no record, but of the row after a history file's last one, whose text is a {@link ReadingSum}. */
    static final String SUM = "sum";

    static final StructType SCHEMA = new StructType()
            .add("room_id", DataTypes.StringType)
            .add("second", DataTypes.LongType)
            .add("temperature", DataTypes.DoubleType)
            .add("rank", DataTypes.IntegerType)
            .add("object", DataTypes.StringType)
            .add("seq", DataTypes.LongType)
            .add("line", DataTypes.LongType)
            .add("reason", DataTypes.StringType)
            .add("text", DataTypes.StringType)
            .add("date", DataTypes.StringType);

    Iterator<Row> read(InputLine input) {
        // The executor's own settings: on Glue they carry the file system, on the laptop the session set them.
        Configuration hadoop = org.apache.spark.deploy.SparkHadoopUtil.get().conf();
        RawFile file = new RawFile(Storage.open(bucket, input.object(), hadoop), input.format());
        return new RecordRows(this, input, file, new ReadingParser(input.columns(), latest, range));
    }

    boolean hasInScope(Reading r) {
        return r.epochSecond() >= from && r.epochSecond() < to && (rooms.isEmpty() || rooms.contains(r.roomId()));
    }
}
