package io.thermolake.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A user's CSV file, copied to where it can be put from: plain UTF-8, commas, our names in its header. Rows of a file with
 * commas are not touched. The whole file is read before anything of it is put, and never held.
 *
 * @param copy the copy; the caller deletes it
 * @param rows lines with something in them, without the header
 * @param notes what a user should know of how it was read
 */
record HistoryFile(Path file, Path copy, long rows, List<String> notes) {
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?[0-9]+,[0-9]+");
    private static final int SHOWN = 500;

    /**
     * @param copy a file to write to
     * @throws CommandException when the file cannot be brought, with why
     */
    static HistoryFile of(Path file, OwnData own, Path copy) {
        TextLines lines = null;
        List<String> notes = new ArrayList<>();
        try (InputStream in = UserFile.open(file, notes);
                BufferedWriter out = Files.newBufferedWriter(copy, UTF_8);
                CsvWriter csv = CsvWriter.builder()
                        .lineDelimiter(LineDelimiter.LF)
                        .bufferSize(0)
                        .build(out)) {
            lines = new TextLines(in);
            Separated rows = new Separated(file, lines);
            OwnData.Header header = rows.header(own);
            csv.writeRecord(header.names());
            long n = 0;
            for (Separated.Row row = rows.next(); row != null; row = rows.next()) {
                n += row.text().isBlank() ? 0 : 1;
                write(row, header, rows.separator(), out, csv);
            }
            if (n == 0) {
                throw new CommandException(UserFile.shown(file) + " has a header and no rows");
            }
            return new HistoryFile(file, copy, n, notes(notes, lines, rows));
        } catch (IOException e) {
            throw broken(file, lines, e);
        }
    }

    /** A file that is packed and damaged looks like any other that cannot be read: what is said holds for both. */
    static CommandException broken(Path file, @Nullable TextLines lines, IOException e) {
        return new CommandException(
                "%s could be read up to line %d only: %s. Nothing of it was put; if it is packed, pack it again"
                        .formatted(UserFile.shown(file), lines == null ? 0 : lines.number(), e.getMessage()),
                e);
    }

    private static void write(
            Separated.Row row, OwnData.Header header, char separator, BufferedWriter out, CsvWriter csv)
            throws IOException {
        List<String> cells = row.cells();
        if (cells == null) {
            // One cell is no row of the header's: it goes to quarantine under its first signs.
            csv.writeRecord(row.text().substring(0, Math.min(SHOWN, row.text().length())));
        } else if (separator == ',' || cells.isEmpty()) {
            out.write(row.text());
            out.write('\n');
        } else {
            List<String> changed = new ArrayList<>(cells);
            if (header.value() < changed.size()
                    && DECIMAL_COMMA
                            .matcher(changed.get(header.value()).strip())
                            .matches()) {
                changed.set(header.value(), changed.get(header.value()).replace(',', '.'));
            }
            csv.writeRecord(changed);
        }
    }

    private static List<String> notes(List<String> notes, TextLines lines, Separated rows) {
        if (rows.separator() != ',') {
            String name = rows.separator() == '\t' ? "tab" : "'" + rows.separator() + "'";
            notes.add(
                    "its columns are separated by " + name + "; a comma in a temperature is read as the decimal point");
        }
        if (lines.windows() > 0) {
            notes.add("%s of its lines are no UTF-8 and were read as Windows-1252"
                    .formatted(Console.count(lines.windows())));
        }
        if (rows.cut() > 0) {
            notes.add("%s of its lines are longer than 1 MiB and no rows; they go to quarantine"
                    .formatted(Console.count(rows.cut())));
        }
        return notes;
    }

    /** The copy's size in bytes. */
    long bytes() {
        try {
            return Files.size(copy);
        } catch (IOException e) {
            throw new UncheckedIOException("The size of " + copy + " cannot be told", e);
        }
    }
}
