package io.thermolake.reading;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of CSV (RFC 4180) into its fields; a quoted field may hold commas and doubled quotes, but no line break. */
public final class Csv {
    private Csv() {}

    /** @return the fields, or null when a quote is not closed */
    public static @Nullable List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        int at = 0;
        while (true) {
            if (at < line.length() && line.charAt(at) == '"') {
                StringBuilder field = new StringBuilder();
                int i = at + 1;
                while (true) {
                    int quote = line.indexOf('"', i);
                    if (quote < 0) {
                        return null;
                    }
                    field.append(line, i, quote);
                    i = quote + 1;
                    if (i < line.length() && line.charAt(i) == '"') {
                        field.append('"');
                        i++;
                    } else {
                        break;
                    }
                }
                fields.add(field.toString());
                at = i;
            } else {
                int comma = line.indexOf(',', at);
                int end = comma < 0 ? line.length() : comma;
                fields.add(line.substring(at, end).strip());
                at = end;
            }
            if (at >= line.length()) {
                return fields;
            }
            if (line.charAt(at) != ',') {
                return null;
            }
            at++;
        }
    }
}
