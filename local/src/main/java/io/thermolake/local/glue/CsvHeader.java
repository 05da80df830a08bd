package io.thermolake.local.glue;

import io.thermolake.lake.GlueColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names that a CSV file gives to its columns.
 *
 * @param names one a column, in the catalog's form; a column whose name the catalog does not take, or has already, is called
 *     after its place: {@code col3}
 * @param delimiter between two cells
 * @param skip lines before the header: 1 under Excel's {@code sep=;}
 */
public record CsvHeader(List<String> names, char delimiter, int skip) {
    private static final String DELIMITERS = ",;\t|";

    public CsvHeader {
        names = List.copyOf(names);
    }

    /** @param lines of the file's beginning, at least one */
    public static CsvHeader of(List<String> lines) {
        boolean sep = lines.size() > 1
                && lines.get(0).toLowerCase(java.util.Locale.ROOT).matches("\"?sep=.\"?");
        String header = lines.get(sep ? 1 : 0);
        char delimiter = sep ? lines.get(0).replace("\"", "").charAt("sep=".length()) : delimiter(header);
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (String cell : cells(header, delimiter)) {
            String place = "col" + names.size();
            String name = GlueColumn.name(cell).filter(taken::add).orElse(place);
            taken.add(name);
            names.add(name);
        }
        return new CsvHeader(names, delimiter, sep ? 1 : 0);
    }

    private static char delimiter(String header) {
        char best = ',';
        for (char one : DELIMITERS.toCharArray()) {
            if (cells(header, one).size() > cells(header, best).size()) {
                best = one;
            }
        }
        return best;
    }

    /** The cells of a line, without their quotes. */
    static List<String> cells(String line, char delimiter) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == delimiter && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }
}
