package io.thermolake.local.database;

import io.thermolake.local.database.DatabaseService.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.api.ErrorCode;
import org.h2.engine.SysProperties;
import org.h2.tools.Server;

/**
 * The data folder's H2, open. Its owner is this process alone, by the file; through the network, on 127.0.0.1, comes only a
 * reader. H2's owner can run Java code in this process (CREATE ALIAS with a source needs no class), so that login is told to
 * nobody.
 */
final class OwnDatabase implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    /** H2's server stops itself by an alias for this class; nothing else may be loaded by SQL. */
    private static final String CLASSES = "org.h2.server.TcpServer";

    /** H2 looks users up in capitals, but renames to what is written. */
    private static final String FORMER = "FORMER_OWNER";

    static {
        System.setProperty("h2.allowedClasses", CLASSES);
        System.setProperty("h2.bindAddress", LOOPBACK);
    }

    private final Connection keptOpen;
    private final Login reader;
    private final Server server;

    private OwnDatabase(Connection keptOpen, Login reader, Server server) {
        this.keptOpen = keptOpen;
        this.reader = reader;
        this.server = server;
    }

    /**
     * Opens the file, which is made where it is missing, and the server.
     *
     * @param state the file's folder
     * @throws IllegalStateException when H2 does not start as closed as it must be
     */
    static OwnDatabase open(Path state, String fileUrl, Login owner, Login reader) {
        // H2 reads them once: whoever loaded it before this class would have left the door open.
        if (!SysProperties.ALLOWED_CLASSES.equals(CLASSES) || !LOOPBACK.equals(SysProperties.BIND_ADDRESS)) {
            throw new IllegalStateException("H2 was loaded before its settings; start Java with -Dh2.allowedClasses="
                    + CLASSES + " -Dh2.bindAddress=" + LOOPBACK);
        }
        try {
            Files.createDirectories(state);
            // Kept open: the file is closed with its last connection, and opening it costs a tenth of a second.
            Connection connection = connect(fileUrl, owner, reader);
            try {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("CREATE SCHEMA IF NOT EXISTS dbo");
                    // A run on the user's own readings imports from it what it has: nothing.
                    statement.execute(DatabaseService.TABLE);
                    retire(statement, reader);
                    let(statement, reader);
                }
                Server server = Server.createTcpServer(
                                "-tcpPort",
                                "0",
                                "-tcpDaemon",
                                "-ifExists",
                                "-baseDir",
                                state.toAbsolutePath().toString())
                        .start();
                return new OwnDatabase(connection, reader, server);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of the database, " + state + ", cannot be made", e);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The database in %s cannot be started: %s".formatted(state, e.getMessage()), e);
        }
    }

    /** Older folders have no owner: there, the reader's login is an administrator's. */
    private static Connection connect(String url, Login owner, Login reader) throws SQLException {
        try {
            return DriverManager.getConnection(url, owner.user(), owner.password());
        } catch (SQLException e) {
            if (e.getErrorCode() != ErrorCode.WRONG_USER_OR_PASSWORD) {
                throw e;
            }
        }
        try (Connection old = DriverManager.getConnection(url, reader.user(), reader.password());
                Statement statement = old.createStatement()) {
            statement.execute("CREATE USER IF NOT EXISTS " + named(owner) + " ADMIN");
            statement.execute("ALTER USER " + owner.user() + " SET PASSWORD '" + owner.password() + "'");
        }
        return DriverManager.getConnection(url, owner.user(), owner.password());
    }

    /** A demoted administrator would still own the schemas that it made: it gets another name, and so no password that fits. */
    private static void retire(Statement statement, Login reader) throws SQLException {
        try (ResultSet admin = statement.executeQuery(
                "SELECT 1 FROM INFORMATION_SCHEMA.USERS WHERE IS_ADMIN AND UPPER(USER_NAME) = UPPER('" + reader.user()
                        + "')")) {
            if (!admin.next()) {
                return;
            }
        }
        statement.execute("ALTER USER " + reader.user() + " RENAME TO " + FORMER);
        statement.execute("ALTER USER " + FORMER + " ADMIN FALSE");
    }

    /** Lets the reader in with exactly these rights. Whoever has its login can change its password: it is set back. */
    private static void let(Statement statement, Login reader) throws SQLException {
        statement.execute("CREATE USER IF NOT EXISTS " + named(reader));
        statement.execute("ALTER USER " + reader.user() + " SET PASSWORD '" + reader.password() + "'");
        statement.execute("GRANT SELECT ON SCHEMA dbo TO " + reader.user());
    }

    private static String named(Login login) {
        return login.user() + " PASSWORD '" + login.password() + "'";
    }

    /** The server's, for the reader to come in. */
    int port() throws SQLException {
        try (Statement statement = keptOpen.createStatement()) {
            let(statement, reader);
        }
        return server.getPort();
    }

    @Override
    public void close() throws SQLException {
        server.stop();
        keptOpen.close();
    }
}
