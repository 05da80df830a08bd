package io.thermolake.extract;

import io.thermolake.reading.InputLine;
import io.thermolake.reading.Parsed;
import io.thermolake.reading.RawFile;
import io.thermolake.reading.RawRecord;
import io.thermolake.reading.Reading;
import io.thermolake.reading.ReadingParser;
import io.thermolake.reading.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** The rows of one file, one at a time; of history, what is held against each other is summed up in a last row. */
final class RecordRows implements Iterator<Row> {
    private static final int MOST_TEXT = 500;

    private final RecordReader reader;
    private final InputLine input;
    private final RawFile file;
    private final ReadingParser parser;
    private final ReadingSum sum = new ReadingSum();
    private @Nullable Row ready;
    private boolean ended;

    RecordRows(RecordReader reader, InputLine input, RawFile file, ReadingParser parser) {
        this.reader = reader;
        this.input = input;
        this.file = file;
        this.parser = parser;
    }

    @Override
    public boolean hasNext() {
        while (ready == null && file.hasNext()) {
            ready = row(file.next());
            sum.records++;
        }
        if (ready == null && !ended) {
            ended = true;
            close();
            ready = input.source().isHistory() ? bad(sum.records, 0, RecordReader.SUM, sum.text()) : null;
        }
        return ready != null;
    }

    @Override
    public Row next() {
        Row next = hasNext() ? ready : null;
        if (next == null) {
            throw new NoSuchElementException(input.object() + " has no more records");
        }
        ready = null;
        return next;
    }

    private void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing " + input.object() + " failed", e);
        }
    }

    /** @return null for what is only summed up */
    private @Nullable Row row(RawRecord record) {
        Parsed parsed = parser.parse(record);
        if (parsed instanceof Parsed.Quarantined quarantined) {
            String text = record.text();
            return bad(
                    sum.records,
                    record.line(),
                    quarantined.reason().text(),
                    text.substring(0, Math.min(MOST_TEXT, text.length())));
        }
        Reading r = ((Parsed.Good) parsed).reading();
        sum.add(r);
        return input.source() == Source.HISTORY_FILE ? null : good(r, record.line());
    }

    private Row good(Reading r, long line) {
        return RowFactory.create(
                r.roomId(),
                r.epochSecond(),
                r.celsius(),
                input.source().rank(),
                input.object(),
                sum.records,
                line,
                reader.hasInScope(r) ? null : RecordReader.OUT_OF_SCOPE,
                null,
                LocalDate.ofEpochDay(Math.floorDiv(r.epochSecond(), 86_400L)).toString());
    }

    private Row bad(long seq, long line, String reason, String text) {
        return RowFactory.create(
                null, null, null, input.source().rank(), input.object(), seq, line, reason, text, null);
    }
}
