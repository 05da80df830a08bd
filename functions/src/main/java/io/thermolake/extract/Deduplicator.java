package io.thermolake.extract;

import io.thermolake.reading.Source;
import java.util.Iterator;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Walks rows sorted by (date, room, second, rank, object, seq) and says what becomes of each: the first of a room and
 * second is kept, the others are duplicates, and conflicts where their temperature differs.
 */
final class Deduplicator implements Iterator<Row> {
    static final String OLD = "old";
    static final String NEW = "new";
    static final String DUPLICATE = "duplicate";
    static final String CONFLICT = "conflict";

    static final StructType SCHEMA = new StructType()
            .add("room_id", DataTypes.StringType)
            .add("second", DataTypes.LongType)
            .add("temperature", DataTypes.DoubleType)
            .add("date", DataTypes.StringType)
            .add("fate", DataTypes.StringType);

    private final Iterator<Row> rows;
    private @Nullable String room;
    private long second;
    private double kept;

    Deduplicator(Iterator<Row> rows) {
        this.rows = rows;
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public Row next() {
        Row row = rows.next();
        String thisRoom = row.getString(0);
        long thisSecond = row.getLong(1);
        double celsius = row.getDouble(2);
        String fate;
        if (Objects.equals(room, thisRoom) && second == thisSecond) {
            fate = celsius == kept ? DUPLICATE : CONFLICT;
        } else {
            room = thisRoom;
            second = thisSecond;
            kept = celsius;
            fate = row.getInt(3) == Source.LAKE.rank() ? OLD : NEW;
        }
        return RowFactory.create(thisRoom, thisSecond, celsius, row.getString(6), fate);
    }
}
