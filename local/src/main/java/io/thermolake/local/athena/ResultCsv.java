package io.thermolake.local.athena;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a result as Athena writes it: every value quoted, null as nothing at all. */
final class ResultCsv {
    private ResultCsv() {}

    static List<List<@Nullable String>> parse(String csv) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        List<@Nullable String> row = new ArrayList<>();
        int at = 0;
        while (at < csv.length()) {
            String value = null;
            if (csv.charAt(at) == '"') {
                StringBuilder text = new StringBuilder();
                at++;
                while (csv.charAt(at) != '"' || (at + 1 < csv.length() && csv.charAt(at + 1) == '"')) {
                    if (csv.charAt(at) == '"') {
                        at++;
                    }
                    text.append(csv.charAt(at++));
                }
                at++;
                value = text.toString();
            }
            row.add(value);
            if (csv.charAt(at) == '\n') {
                rows.add(row);
                row = new ArrayList<>();
            }
            at++;
        }
        return rows;
    }
}
