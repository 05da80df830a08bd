package io.thermolake.local.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The external database: an H2 in SQL Server mode on a file of the data folder, served to other processes on the loopback
 * interface; or, by option, any database that a JDBC URL leads to. H2 starts when its URL is first asked for; its passwords
 * are made for the data folder, and only a reader's is told.
 */
public final class DatabaseService implements AutoCloseable {
    /** The database's name: the first part of what the crawler reads. */
    public static final String NAME = "building";

    /** The environment's variable with the password of a user's own database; no process that the cloud starts gets it. */
    public static final String PASSWORD_VARIABLE = "THERMOLAKE_DATABASE_PASSWORD";

    private static final String MODE = ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";

    /** The external table. H2 calls a float what JDBC calls FLOAT, which Spark reads in single precision: hence double precision. */
    public static final String TABLE = "CREATE TABLE IF NOT EXISTS dbo.temperatures ([timestamp] datetime2(0) NOT NULL,"
            + " room_id nvarchar(64) NOT NULL, temperature double precision,"
            + " PRIMARY KEY ([timestamp], room_id))";

    /** The login of a user's own database, or of ours. */
    public record Login(String user, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return user;
        }
    }

    private final Path state;
    private final @Nullable String externalUrl;
    private final Login owner;
    private final Login login;
    private @Nullable OwnDatabase open;

    private DatabaseService(Path state, @Nullable String externalUrl, Login owner, Login login) {
        this.state = state;
        this.externalUrl = externalUrl;
        this.owner = owner;
        this.login = login;
    }

    /** @param state folder of the database's file */
    public static DatabaseService own(Path state) {
        return new DatabaseService(
                state,
                null,
                LoginFile.of(state.resolve("owner.json"), "owner"),
                LoginFile.of(state.resolve("login.json"), "sensors"));
    }

    /** @param url any JDBC URL whose driver is on the class path: SQL Server's is */
    public static DatabaseService external(Path state, String url, String user, String password) {
        Login login = new Login(user, password);
        return new DatabaseService(state, url, login, login);
    }

    /** Whether the database is the data folder's own, which the sample may fill. */
    public boolean isOwn() {
        return externalUrl == null;
    }

    /**
     * JDBC, for this process and others; starts the data folder's own database.
     *
     * @throws IllegalStateException when it cannot be started
     */
    public String url() {
        if (externalUrl != null) {
            return externalUrl;
        }
        try {
            return "jdbc:h2:tcp://127.0.0.1:" + start().port() + "/" + NAME + MODE;
        } catch (SQLException e) {
            throw new IllegalStateException("The database in " + state + " lets no reader in: " + e.getMessage(), e);
        }
    }

    /** What the connection's jobs and crawlers come in with: to the data folder's own database, a reader's. */
    public Login login() {
        return login;
    }

    /** What Secrets Manager gives for the connection's secret. */
    public Map<String, String> secret() {
        return Map.of("username", login.user(), "password", login.password());
    }

    /**
     * A connection of this process; for the data folder's own database its owner's, without a way through the network.
     *
     * @throws SQLException with what was to be opened, without the password
     */
    public Connection connect() throws SQLException {
        if (externalUrl == null) {
            start();
        }
        String url = externalUrl == null ? fileUrl() : externalUrl;
        try {
            return DriverManager.getConnection(url, owner.user(), owner.password());
        } catch (SQLException e) {
            // Without the driver's exception: its text may hold the URL with a password in it.
            throw new SQLException(
                    "The database %s does not let %s in: %s; check URL, user and password"
                            .formatted(
                                    JdbcUrl.masked(url), owner.user(), JdbcUrl.masked(String.valueOf(e.getMessage()))),
                    e.getSQLState(),
                    e.getErrorCode());
        }
    }

    private String fileUrl() {
        return "jdbc:h2:file:" + state.toAbsolutePath().resolve(NAME) + MODE;
    }

    private synchronized OwnDatabase start() {
        if (open == null) {
            open = OwnDatabase.open(state, fileUrl(), owner, login);
        }
        return open;
    }

    @Override
    public synchronized void close() {
        try {
            if (open != null) {
                open.close();
                open = null;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The database in " + state + " could not be closed", e);
        }
    }
}
