package io.thermolake.local.athena;

import io.trino.sql.parser.ParsingException;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.DefaultTraversalVisitor;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.NodeLocation;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.Statement;
import io.trino.sql.tree.StringLiteral;
import io.trino.sql.tree.Table;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Athena's SQL for DuckDB: parsed as Trino first, so that what Athena would refuse is refused, then a few functions are
 * renamed at the parser's own positions; strings, comments and quoted names are never touched.
 */
final class TrinoSql {
    /** The query is not Trino SQL, or no query: the text is what Athena shows. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private static final Map<String, String> RENAMED = Map.ofEntries(
            Map.entry("approx_percentile", "approx_quantile"),
            Map.entry("approx_distinct", "approx_count_distinct"),
            Map.entry("every", "bool_and"),
            Map.entry("regexp_like", "regexp_matches"),
            Map.entry("json_extract_scalar", "json_extract_string"),
            Map.entry("day_of_week", "isodow"),
            Map.entry("date_format", "strftime"),
            Map.entry("date_parse", "strptime"),
            Map.entry("date_diff", "datesub"));

    private record Edit(String from, String to) {}

    private TrinoSql() {}

    /** @param sql for DuckDB; @param tables the names of the tables that it reads, without their database */
    record Translated(String sql, Set<String> tables) {}

    /** @throws Refused when Athena would refuse the statement, or the laptop does */
    static Translated forDuckDb(String sql) {
        String text = sql.strip();
        // Athena takes a trailing semicolon, the grammar does not.
        if (text.endsWith(";")) {
            text = text.substring(0, text.length() - 1);
        }
        Statement statement;
        try {
            statement = new SqlParser().createStatement(text);
        } catch (ParsingException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
        if (!(statement instanceof Query)) {
            throw new Refused("The laptop's Athena runs queries only, not "
                    + statement.getClass().getSimpleName());
        }
        TreeMap<Integer, Edit> edits = new TreeMap<>(Comparator.reverseOrder());
        String source = text;
        Set<String> tables = new TreeSet<>();
        new DefaultTraversalVisitor<@Nullable Void>() {
            @Override
            protected @Nullable Void visitFunctionCall(FunctionCall call, @Nullable Void context) {
                edit(call, source, edits);
                return super.visitFunctionCall(call, context);
            }

            @Override
            protected @Nullable Void visitTable(Table table, @Nullable Void context) {
                tables.add(table.getName().getSuffix());
                return null;
            }
        }.process(statement, null);
        StringBuilder out = new StringBuilder(text);
        edits.forEach((at, edit) -> out.replace(at, at + edit.from().length(), edit.to()));
        return new Translated(out.toString(), tables);
    }

    private static void edit(FunctionCall call, String source, TreeMap<Integer, Edit> edits) {
        String name = call.getName().toString();
        String to = RENAMED.get(name);
        if (to == null || call.getLocation().isEmpty()) {
            return;
        }
        edits.put(offset(source, call.getLocation().get()), new Edit(name, to));
        boolean formats = name.equals("date_format") || name.equals("date_parse");
        if (formats
                && call.getArguments().get(1) instanceof StringLiteral literal
                && literal.getLocation().isPresent()) {
            String format = literal.getValue();
            String duck = format.replace("%i", "%M").replace("%s", "%S").replace("%T", "%H:%M:%S");
            edits.put(offset(source, literal.getLocation().get()), new Edit('\'' + format + '\'', '\'' + duck + '\''));
        }
    }

    private static int offset(String text, NodeLocation location) {
        int at = 0;
        for (int line = 1; line < location.getLineNumber(); line++) {
            at = text.indexOf('\n', at) + 1;
        }
        return at + location.getColumnNumber() - 1;
    }
}
