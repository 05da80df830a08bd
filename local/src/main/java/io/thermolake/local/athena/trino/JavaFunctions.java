package io.thermolake.local.athena.trino;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Trino's functions that DuckDB has not, or has with other results. */
final class JavaFunctions {
    private static final Pattern NAMES = Pattern.compile("th_\\w+");
    private static final Map<String, JavaFunction> ALL = new HashMap<>();

    static {
        Stream.of(
                        NumberFunctions.ALL,
                        TextFunctions.ALL,
                        PatternFunctions.ALL,
                        TimeFunctions.ALL,
                        JsonFunctions.ALL,
                        List.of(JavaFunction.of("th_fail", "s>s", a -> {
                            throw new IllegalArgumentException((String) a[0]);
                        })))
                .flatMap(List::stream)
                .forEach(f -> ALL.put(f.name(), f));
    }

    private JavaFunctions() {}

    /** Those that a statement of DuckDB's calls. */
    static Set<String> in(String sql) {
        Set<String> names = new HashSet<>();
        Matcher matcher = NAMES.matcher(sql);
        while (matcher.find()) {
            if (ALL.containsKey(matcher.group())) {
                names.add(matcher.group());
            }
        }
        return names;
    }

    static void register(Connection connection, Set<String> names, SqlRefusals refusals) throws SQLException {
        for (String name : names) {
            JavaFunction function = ALL.get(name);
            if (function != null) {
                function.register(connection, refusals);
            }
        }
    }
}
