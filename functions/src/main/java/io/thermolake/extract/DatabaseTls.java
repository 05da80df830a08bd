package io.thermolake.extract;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How the import's connection to SQL Server is encrypted. A Glue connection's own TLS settings reach crawlers only: plain
 * Spark JDBC knows nothing of them, so the job sets the driver's properties itself.
 */
final class DatabaseTls {
    private static final String SQL_SERVER = "jdbc:sqlserver:";
    private static final Set<String> UNENCRYPTED = Set.of("false", "no", "optional");

    private DatabaseTls() {}

    /**
     * @param certificates PEM, or empty for the authorities that Java trusts
     * @param host that the server's certificate must name, or empty for the URL's
     * @return what the connection needs beside the URL, user and password; nothing for another database than SQL Server
     * @throws IllegalArgumentException when the URL would give the encryption or the server's proof up, or holds a login
     */
    static Map<String, String> options(String url, String certificates, String host) {
        if (!url.toLowerCase(Locale.ROOT).startsWith(SQL_SERVER)) {
            if (!certificates.isEmpty() || !host.isEmpty()) {
                throw new IllegalArgumentException(
                        "--ca_certificate and --certificate_host are for SQL Server only, but the"
                                + " connection's URL does not begin with " + SQL_SERVER);
            }
            return Map.of();
        }
        checkProperties(url);
        Map<String, String> options = new LinkedHashMap<>();
        options.put("encrypt", "true");
        options.put("trustServerCertificate", "false");
        if (!host.isEmpty()) {
            options.put("hostNameInCertificate", host);
        }
        if (!certificates.isEmpty()) {
            options.put("driver", TrustingDriver.class.getName());
            options.put(TrustingDriver.CERTIFICATES, certificates);
        }
        return options;
    }

    private static void check(String name, String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (name.equals("trustservercertificate") && lower.equals("true")) {
            throw new IllegalArgumentException(
                    "The connection's URL says trustServerCertificate=true, so whoever answers would"
                            + " get the password. Remove it; give the authority's certificate as DbCaCertificate");
        }
        if (name.equals("encrypt") && UNENCRYPTED.contains(lower)) {
            throw new IllegalArgumentException(
                    "The connection's URL says encrypt=%s; remove it: the database is read over TLS only"
                            .formatted(value));
        }
        if (Set.of("user", "username", "password").contains(name)) {
            throw new IllegalArgumentException(
                    "The connection's URL holds a %s; it belongs into the secret alone".formatted(name));
        }
    }

    /** Checks each {@code ;name=value}, since one may stand there twice; a value in braces may hold a semicolon. */
    private static void checkProperties(String url) {
        for (String part : url.split(";(?![^{]*})")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                String value = part.substring(equals + 1).strip();
                check(
                        part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        value.startsWith("{") && value.endsWith("}") ? value.substring(1, value.length() - 1) : value);
            }
        }
    }
}
