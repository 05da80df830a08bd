package io.thermolake.local.database;

import java.util.regex.Pattern;

/** What of a JDBC URL may be shown. */
public final class JdbcUrl {
    /** A driver's property, in SQL Server's braces or not, and a login before the host. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)((?:password|passwd|pwd|secret|token|passphrase)\\w*\\s*=\\s*)(?:\\{(?:[^}]|}})*}?|[^;&\\s]+)"
                    + "|((?://|:)[^/@:;?\\s]*[:/])[^/@;?\\s]+(?=@)");

    private JdbcUrl() {}

    /** Whether a password stands in the URL itself. */
    public static boolean hasPassword(String url) {
        return SECRET.matcher(url).find();
    }

    /** The text with each password in a URL replaced by stars; a driver's message often holds the URL. */
    public static String masked(String text) {
        return SECRET.matcher(text).replaceAll(m -> {
            String head = m.group(1) == null ? m.group(2) : m.group(1);
            return java.util.regex.Matcher.quoteReplacement(head + "***");
        });
    }
}
