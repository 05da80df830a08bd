package io.thermolake.local.series;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.reading.Csv;
import io.thermolake.reading.Timestamps;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A CSV file's times and values, in its order. */
public record SeriesFile(List<Row> rows) {
    /**
     * @param timestamp and value as the file has them
     * @param second since 1970, and number: not a number where the row holds none
     */
    record Row(String timestamp, String value, long second, double number) {
        boolean readable() {
            return Double.isFinite(number);
        }
    }

    /**
     * @throws IllegalArgumentException when the file is missing, empty, or lacks a column; the message names it
     * @throws UncheckedIOException when it cannot be read to its end
     */
    public static SeriesFile read(Path file, String timestamp, String value) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("There is no file " + file + " to read");
        }
        try (BufferedReader reader = Files.newBufferedReader(file, UTF_8)) {
            String header = reader.readLine();
            List<String> columns = header == null ? null : Csv.fields(header.replace("\uFEFF", ""));
            if (columns == null) {
                throw new IllegalArgumentException(file + " has no header; its first line must name the columns");
            }
            int time = column(file, columns, timestamp, "--timestamp");
            int number = column(file, columns, value, "--value");
            List<Row> rows = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    rows.add(row(line, time, number));
                }
            }
            return new SeriesFile(rows);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file + " failed", e);
        }
    }

    private static int column(Path file, List<String> columns, String name, String option) {
        int at = columns.indexOf(name);
        if (at < 0) {
            throw new IllegalArgumentException("%s has no column '%s'; it has %s. Name yours with %s"
                    .formatted(file, name, String.join(", ", columns), option));
        }
        return at;
    }

    private static Row row(String line, int time, int number) {
        List<String> fields = Csv.fields(line);
        String timestamp = fields == null || time >= fields.size() ? line : fields.get(time);
        String value = fields == null || number >= fields.size() ? "" : fields.get(number);
        OptionalLong second = Timestamps.epochSecond(timestamp);
        return new Row(timestamp, value, second.orElse(0), second.isEmpty() ? Double.NaN : number(value));
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
