package io.thermolake.local.glue;

/** Where a Glue connection leads. */
@FunctionalInterface
public interface Connections {
    /** @param url JDBC */
    record Jdbc(String url, String user, String password) {}

    /** @throws IllegalArgumentException when there is no such connection */
    Jdbc open(String connectionName);
}
