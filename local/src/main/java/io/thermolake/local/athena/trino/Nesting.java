package io.thermolake.local.athena.trino;

/** How deep brackets lie in brackets: the parser's time grows with it faster than its square. Pure. */
final class Nesting {
    static final int MOST = 500;

    private Nesting() {}

    /** The deepest bracket of a statement; those in texts, quoted names and comments do not count. */
    static int of(String sql) {
        int deepest = 0;
        int depth = 0;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c == '\'' || c == '"') {
                i = after(sql, String.valueOf(c), i + 1);
            } else if (sql.startsWith("--", i)) {
                i = after(sql, "\n", i);
            } else if (sql.startsWith("/*", i)) {
                i = after(sql, "*/", i + 2);
            } else if (c == '(' || c == '[') {
                deepest = Math.max(deepest, ++depth);
            } else if (c == ')' || c == ']') {
                depth--;
            }
        }
        return deepest;
    }

    private static int after(String sql, String end, int from) {
        int at = sql.indexOf(end, from);
        return at < 0 ? sql.length() : at;
    }
}
