package io.thermolake.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * A view of the lake for dashboards and people. Each query of the report is one, {@code report_<query>}, so that a
 * dashboard shows the report's figures; {@code bi/views} has those that are no query of the report.
 *
 * @param name in the Glue database
 * @param file in the folder {@code bi}
 */
public record View(String name, String file) {
    private static final String PREFIX = "report_";

    /** A class path cannot be listed, so the files are named here; a test compares. */
    public static final List<View> ALL = Stream.concat(
                    NamedQuery.ALL.stream().map(q -> new View(PREFIX + q.name(), "queries/" + q.name() + ".sql")),
                    Stream.of("alarms").map(name -> new View(PREFIX + name, "views/" + name + ".sql")))
            .toList();

    /** The SELECT; it names tables alone. */
    public String query() {
        return BiFiles.text(file).strip();
    }

    /** Athena's statement that makes the view, or makes it anew. */
    public String statement() {
        return "CREATE OR REPLACE VIEW " + name + " AS\n" + query();
    }
}
