package io.thermolake.extract;

import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/** Where a database is, and who asks it. */
record JdbcLogin(String url, String user, String password) {
    /**
     * Of what Glue's library answers for a connection. AWS's Python library hands it on as it is, and its users index it,
     * so it is a Java map; a Scala map is taken, too.
     *
     * @param connection name, for the message
     * @throws IllegalStateException naming what is missing, and what is there; never a value
     */
    static JdbcLogin of(String connection, @Nullable Object conf) {
        Map<?, ?> map;
        if (conf instanceof Map<?, ?> java) {
            map = java;
        } else if (conf instanceof scala.collection.Map<?, ?> scala) {
            map = JavaConverters.mapAsJavaMapConverter(scala).asJava();
        } else {
            throw new IllegalStateException("Glue answers for the connection %s no map but a %s"
                    .formatted(connection, conf == null ? null : conf.getClass().getName()));
        }
        // The key url is the address without the database's name ("GlueContext class" in Glue's guide).
        return new JdbcLogin(
                need(connection, map, "fullUrl"), need(connection, map, "user"), need(connection, map, "password"));
    }

    private static String need(String connection, Map<?, ?> conf, String key) {
        Object value = conf.get(key);
        if (value == null || value.toString().isBlank()) {
            throw new IllegalStateException("The connection %s has no %s; Glue knows %s of it"
                    .formatted(connection, key, new TreeSet<Object>(conf.keySet())));
        }
        return value.toString();
    }

    /** Without the password: it would reach a log. */
    @Override
    public String toString() {
        return "JdbcLogin[url=" + url + ", user=" + user + "]";
    }
}
