package io.thermolake.reading;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file by its own header. A row may go over several lines inside of quotes, but a quote that is not closed
 * within {@value #MOST_LINES} lines, or whose row does not fit the header, costs its own line only: the next ones are read
 * by themselves.
 */
final class CsvRows {
    private static final int MOST_LINES = 100;
    private static final int MOST_CHARS = 1 << 16;
    /** Between the values of a name that stands twice in the header, where they differ: neither is taken for the other. */
    private static final String EITHER = " | ";

    private final RawLines lines;
    private final List<RawLines.Line> ahead = new ArrayList<>();
    private @Nullable IOException cut;
    private @Nullable List<String> names;
    private char separator = ',';

    CsvRows(RawLines lines) {
        this.lines = lines;
    }

    /** The header's names, once a row or the end was read. */
    List<String> names() {
        return names == null ? List.of() : names;
    }

    /** The next row, or nothing at the end; the header is none. */
    @Nullable
    RawRecord next() throws IOException {
        while (true) {
            RawLines.Line line = line();
            if (line == null) {
                return null;
            }
            if (line.tooLong()) {
                if (names == null) {
                    names = List.of();
                }
                return RawFile.tooLong(line);
            }
            if (isBlank(line.text()) || isSeparatorLine(line.text())) {
                continue;
            }
            List<String> header = names;
            if (header == null) {
                names = header(line);
            } else {
                return row(line, header);
            }
        }
    }

    /** A row of separators alone is a record without values, with tabs, too. */
    private boolean isBlank(String line) {
        return line.indexOf(separator) < 0 && Blanks.strip(line).isEmpty();
    }

    /** Excel's first line says which separator the file has. */
    private boolean isSeparatorLine(String line) {
        String text = Blanks.value(line).toLowerCase(Locale.ROOT);
        if (names != null || !text.startsWith("sep=") || text.length() > 5) {
            return false;
        }
        separator = text.length() == 5 ? text.charAt(4) : '\t';
        return true;
    }

    private List<String> header(RawLines.Line line) throws IOException {
        Whole whole = whole(line, fields -> true);
        return whole == null
                ? List.of()
                : whole.fields().stream().map(Blanks::strip).toList();
    }

    private RawRecord row(RawLines.Line line, List<String> header) throws IOException {
        Whole whole = whole(line, fields -> fits(fields, header.size()));
        if (whole == null) {
            return new RawRecord(line.number(), Blanks.strip(line.text()), null, Reason.MALFORMED);
        }
        Map<String, @Nullable String> byName = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            String value = whole.fields().get(i);
            byName.merge(
                    header.get(i),
                    value,
                    (one, other) -> Objects.equals(one, other) || other.isEmpty()
                            ? one
                            : one.isEmpty() ? other : one + EITHER + other);
        }
        byName.replaceAll((name, value) -> value == null || value.isEmpty() ? null : value);
        return new RawRecord(line.number(), Blanks.strip(whole.text()), byName, null);
    }

    /** Cells without a value may stand after the last column. */
    private static boolean fits(List<String> fields, int columns) {
        return fields.size() >= columns
                && fields.subList(columns, fields.size()).stream().allMatch(String::isEmpty);
    }

    private record Whole(String text, List<String> fields) {}

    /** The row that begins with a line, with the lines that it needs; null when there is none, and no further line is used. */
    private @Nullable Whole whole(RawLines.Line first, Predicate<List<String>> fits) throws IOException {
        StringBuilder text = new StringBuilder(first.text());
        Csv.Row row = Csv.parse(first.text(), separator);
        int used = 0;
        while (row.open() && used < MOST_LINES && text.length() < MOST_CHARS) {
            RawLines.Line line = ahead(used);
            if (line == null || line.tooLong()) {
                return null;
            }
            used++;
            text.append('\n').append(line.text());
            // Only a quote can close it: without one nothing needs to be parsed again.
            if (line.text().indexOf('"') >= 0) {
                row = Csv.parse(text.toString(), separator);
            }
        }
        List<String> fields = row.fields();
        if (fields == null || !fits.test(fields)) {
            return null;
        }
        ahead.subList(0, used).clear();
        return new Whole(text.toString(), fields);
    }

    private RawLines.@Nullable Line line() throws IOException {
        RawLines.Line line = ahead(0);
        if (line != null) {
            ahead.remove(0);
        } else if (cut != null) {
            throw cut;
        }
        return line;
    }

    /** A file that is cut off while lines are looked at in advance still has those lines. */
    private RawLines.@Nullable Line ahead(int index) throws IOException {
        if (index == ahead.size() && cut == null) {
            try {
                RawLines.Line line = lines.next();
                if (line != null) {
                    ahead.add(line);
                }
            } catch (EOFException | ZipException e) {
                cut = e;
            }
        }
        return index < ahead.size() ? ahead.get(index) : null;
    }
}
