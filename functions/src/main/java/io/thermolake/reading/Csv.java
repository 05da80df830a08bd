package io.thermolake.reading;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of CSV (RFC 4180) into its fields. A quoted field may hold separators, doubled quotes and line breaks; blanks
 * may stand around its quotes.
 */
public final class Csv {
    private final String row;
    private final char separator;
    private int at;

    private Csv(String row, char separator) {
        this.row = row;
        this.separator = separator;
    }

    /** @return the fields of a row with commas, or null when a quote is not closed or something else follows it */
    public static @Nullable List<String> fields(String row) {
        return parse(row, ',').fields();
    }

    static Row parse(String row, char separator) {
        return new Csv(row, separator).parse();
    }

    /**
     * @param fields null when the row is broken
     * @param open whether it is broken only because its last quote is not closed: the next line may close it
     */
    record Row(@Nullable List<String> fields, boolean open) {
        private static final Row OPEN = new Row(null, true);
        private static final Row BROKEN = new Row(null, false);
    }

    private Row parse() {
        List<String> fields = new ArrayList<>();
        while (true) {
            int start = at;
            blanks();
            if (at < row.length() && row.charAt(at) == '"') {
                String field = quoted();
                if (field == null) {
                    return Row.OPEN;
                }
                fields.add(field);
                blanks();
            } else {
                int next = row.indexOf(separator, start);
                at = next < 0 ? row.length() : next;
                fields.add(Blanks.strip(row.substring(start, at)));
            }
            if (at >= row.length()) {
                return new Row(fields, false);
            }
            if (row.charAt(at) != separator) {
                return Row.BROKEN;
            }
            at++;
        }
    }

    /** @return null when the quote is not closed */
    private @Nullable String quoted() {
        StringBuilder field = new StringBuilder();
        at++;
        while (true) {
            int quote = row.indexOf('"', at);
            if (quote < 0) {
                return null;
            }
            field.append(row, at, quote);
            at = quote + 1;
            if (at >= row.length() || row.charAt(at) != '"') {
                return field.toString();
            }
            field.append('"');
            at++;
        }
    }

    private void blanks() {
        while (at < row.length() && row.charAt(at) != separator && Blanks.isBlank(row.charAt(at))) {
            at++;
        }
    }
}
