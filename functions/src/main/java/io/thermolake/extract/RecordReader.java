package io.thermolake.extract;

import io.thermolake.reading.Parsed;
import io.thermolake.reading.RawFile;
import io.thermolake.reading.RawRecord;
import io.thermolake.reading.Reading;
import io.thermolake.reading.ReadingParser;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Reads one file of the list into rows, one at a time: every record becomes a row, a good one with its reading, a bad one
 * with its reason.
 *
 * @param latest seconds since 1970: what is later is in the future
 * @param from inclusive, seconds since 1970
 * @param to exclusive
 * @param rooms the only rooms in scope; empty for all
 */
record RecordReader(String bucket, long latest, long from, long to, Set<String> rooms) implements Serializable {
    /** The reason of good readings that the run leaves out; they are counted, not quarantined. */
    static final String OUT_OF_SCOPE = "out_of_scope";

    private static final int MOST_TEXT = 500;

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

    /** How many records a file has, whatever they are. */
    long count(InputFile input) {
        long records = 0;
        try (RawFile file = open(input)) {
            while (file.hasNext()) {
                file.next();
                records++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("closing " + input.object() + " failed", e);
        }
        return records;
    }

    private RawFile open(InputFile input) {
        // The executor's own settings: on Glue they carry the file system, on the laptop the session set them.
        Configuration hadoop = org.apache.spark.deploy.SparkHadoopUtil.get().conf();
        return new RawFile(Storage.open(bucket, input.object(), hadoop), input.format());
    }

    Iterator<Row> read(InputFile input) {
        RawFile file = open(input);
        ReadingParser parser = new ReadingParser(input.columns(), latest);
        return new Iterator<>() {
            private long seq;

            @Override
            public boolean hasNext() {
                boolean more = file.hasNext();
                if (!more) {
                    try {
                        file.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException("closing " + input.object() + " failed", e);
                    }
                }
                return more;
            }

            @Override
            public Row next() {
                if (!file.hasNext()) {
                    throw new NoSuchElementException(input.object() + " has no more records");
                }
                return row(input, file.next(), parser, seq++);
            }
        };
    }

    private Row row(InputFile input, RawRecord record, ReadingParser parser, long seq) {
        Parsed parsed = parser.parse(record);
        if (parsed instanceof Parsed.Good good) {
            Reading r = good.reading();
            boolean inScope =
                    r.epochSecond() >= from && r.epochSecond() < to && (rooms.isEmpty() || rooms.contains(r.roomId()));
            return RowFactory.create(
                    r.roomId(),
                    r.epochSecond(),
                    r.celsius(),
                    input.rank(),
                    input.object(),
                    seq,
                    record.line(),
                    inScope ? null : OUT_OF_SCOPE,
                    null,
                    java.time.LocalDate.ofEpochDay(Math.floorDiv(r.epochSecond(), 86_400L))
                            .toString());
        }
        String text = record.text();
        return RowFactory.create(
                null,
                null,
                null,
                input.rank(),
                input.object(),
                seq,
                record.line(),
                ((Parsed.Quarantined) parsed).reason().text(),
                text.substring(0, Math.min(MOST_TEXT, text.length())),
                null);
    }
}
