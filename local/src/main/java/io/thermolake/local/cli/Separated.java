package io.thermolake.local.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rows of a text whose columns are separated by a comma, a semicolon, a tab or a bar, as its header shows. */
final class Separated {
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');
    /** A quoted cell may go on over so many lines; a stray quote must not swallow the file. */
    private static final int MOST_LINES = 100;

    private record Line(String text, boolean cut) {}

    /** @param cells null for a row that is no such row */
    record Row(String text, @Nullable List<String> cells) {}

    private final Path file;
    private final TextLines lines;
    private final Deque<Line> back = new ArrayDeque<>();
    private char separator = ',';
    private long cut;

    Separated(Path file, TextLines lines) {
        this.file = file;
        this.lines = lines;
    }

    /** @throws CommandException when the first line that is not empty names not all columns */
    OwnData.Header header(OwnData own) throws IOException {
        String text = filled();
        String plain = text == null ? "" : text.replace("\"", "").strip();
        boolean told = plain.length() <= 5 && plain.toLowerCase(Locale.ROOT).startsWith("sep=");
        if (told) {
            // Excel's own word; a tab at its end was stripped.
            separator = plain.length() == 5 ? plain.charAt(4) : '\t';
            text = filled();
        }
        if (text == null) {
            throw new CommandException(UserFile.shown(file) + " is empty; its first line must name the columns");
        }
        for (int i = 1; i < MOST_LINES && text.chars().filter(c -> c == '"').count() % 2 == 1; i++) {
            Line more = take();
            if (more == null) {
                break;
            }
            text += "\n" + more.text();
        }
        CommandException first = null;
        int most = 0;
        for (char candidate : told ? List.of(separator) : SEPARATORS) {
            List<String> cells = cells(text, candidate);
            try {
                if (cells != null) {
                    OwnData.Header header = own.named(file, cells);
                    separator = candidate;
                    return header;
                }
            } catch (CommandException e) {
                // The most columns are the likeliest reading.
                first = cells.size() > most ? e : first;
                most = Math.max(most, cells.size());
            }
        }
        String start = text.strip();
        if (start.startsWith("{") || start.matches("(?s)\\[\\s*[{\\[\\]].*")) {
            throw new CommandException(
                    UserFile.shown(file)
                            + " is JSON; --history takes CSV. --live takes JSON, one object a line: jq -c '.[]' makes lines of an array");
        }
        if (start.startsWith("<")) {
            throw new CommandException(UserFile.shown(file) + " is HTML or XML; export the readings as CSV");
        }
        throw first != null
                ? first
                : new CommandException("The first line of " + UserFile.shown(file)
                        + " is no header: it has a quote that is not closed. Mend it");
    }

    char separator() {
        return separator;
    }

    /** Lines that were too long to be rows. */
    long cut() {
        return cut;
    }

    private @Nullable String filled() throws IOException {
        String line = lines.next();
        while (line != null && line.isBlank()) {
            line = lines.next();
        }
        return line;
    }

    private @Nullable Line take() throws IOException {
        if (!back.isEmpty()) {
            return back.remove();
        }
        String text = lines.next();
        if (text == null) {
            return null;
        }
        cut += lines.cut() ? 1 : 0;
        return new Line(text, lines.cut());
    }

    /** With commas a row is a line as it stands; else it is its cells. @return null after the last */
    @Nullable
    Row next() throws IOException {
        Line line = take();
        if (line == null) {
            return null;
        }
        if (line.cut()) {
            return new Row(line.text(), null);
        }
        if (separator == ',' || line.text().isBlank()) {
            return new Row(line.text(), List.of());
        }
        return new Row(line.text(), cells(line.text()));
    }

    /** Cells of the line and of those that its last quoted cell goes on over; of the line alone where that gives no row. */
    private @Nullable List<String> cells(String line) throws IOException {
        StringBuilder text = new StringBuilder(line);
        Deque<Line> taken = new ArrayDeque<>();
        while (isOpen(text)) {
            Line more = taken.size() < MOST_LINES && text.length() < TextLines.LONGEST ? take() : null;
            if (more != null) {
                taken.add(more);
            }
            if (more == null || more.cut()) {
                break;
            }
            text.append('\n').append(more.text());
        }
        List<String> cells = isOpen(text) ? null : cells(text.toString(), separator);
        if (cells != null || taken.isEmpty()) {
            return cells;
        }
        while (!taken.isEmpty()) {
            back.addFirst(taken.removeLast());
        }
        return cells(line, separator);
    }

    private boolean isOpen(CharSequence text) {
        boolean quoted = false;
        boolean start = true;
        boolean closed = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                quoted = c != '"';
                closed = !quoted;
            } else {
                // Within quotes two are one.
                quoted = c == '"' && (start || closed);
                start = c == separator || start && c == ' ';
                closed = false;
            }
        }
        return quoted;
    }

    private static @Nullable List<String> cells(String text, char separator) {
        if (text.indexOf('"') < 0) {
            // A reader for each of ten million rows takes minutes.
            List<String> cells = new ArrayList<>();
            int from = 0;
            for (int to = text.indexOf(separator); to >= 0; to = text.indexOf(separator, from)) {
                cells.add(text.substring(from, to));
                from = to + 1;
            }
            cells.add(text.substring(from));
            return cells;
        }
        try {
            return CsvReader.builder()
                    .fieldSeparator(separator)
                    .trimWhitespacesAroundQuotes(true)
                    .maxBufferSize(2 * TextLines.LONGEST)
                    .ofSingleCsvRecord(text)
                    .getFields();
        } catch (CsvParseException | IllegalArgumentException e) {
            return null;
        }
    }
}
