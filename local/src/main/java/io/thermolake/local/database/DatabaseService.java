package io.thermolake.local.database;

import com.google.gson.JsonParseException;
import io.thermolake.RecordJson;
import io.thermolake.local.cloud.CloudFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;

/**
 * The external database: an H2 in SQL Server mode on a file of the data folder, served to other processes on the loopback
 * interface; or, by option, any database that a JDBC URL leads to. H2 starts when its URL is first asked for; its password
 * is made for the data folder.
 */
public final class DatabaseService implements AutoCloseable {
    /** The database's name: the first part of what the crawler reads. */
    public static final String NAME = "building";

    private static final String MODE = ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";

    /** The external table. H2 calls a float what JDBC calls FLOAT, which Spark reads in single precision: hence double precision. */
    public static final String TABLE = "CREATE TABLE IF NOT EXISTS dbo.temperatures ([timestamp] datetime2(0) NOT NULL,"
            + " room_id nvarchar(64) NOT NULL, temperature double precision,"
            + " PRIMARY KEY ([timestamp], room_id))";

    /** Of a user's own database, or of ours. */
    public record Login(String user, String password) {}

    private final Path state;
    private final @Nullable String externalUrl;
    private final Login login;
    private @Nullable Server server;
    private @Nullable Connection keptOpen;

    private DatabaseService(Path state, @Nullable String externalUrl, Login login) {
        this.state = state;
        this.externalUrl = externalUrl;
        this.login = login;
    }

    /** @param state folder of the database's file */
    public static DatabaseService own(Path state) {
        return new DatabaseService(state, null, login(state.resolve("login.json")));
    }

    /** @param url any JDBC URL whose driver is on the class path: SQL Server's is */
    public static DatabaseService external(Path state, String url, String user, String password) {
        return new DatabaseService(state, url, new Login(user, password));
    }

    private static Login login(Path file) {
        try {
            if (Files.exists(file)) {
                Login known = RecordJson.gson().fromJson(Files.readString(file), Login.class);
                if (known == null || known.user() == null || known.password() == null) {
                    throw new JsonParseException("it is empty or half");
                }
                return known;
            }
            byte[] random = new byte[16];
            new SecureRandom().nextBytes(random);
            Login fresh = new Login("sensors", HexFormat.of().formatHex(random));
            CloudFolder.write(file, RecordJson.gson().toJson(fresh));
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException("The database's login cannot be read from " + file, e);
        } catch (JsonParseException e) {
            throw new IllegalStateException(
                    "The database's login in " + file
                            + " is broken; put a good copy in its place, or remove the folder " + file.getParent()
                            + " to begin with a new database",
                    e);
        }
    }

    /** Whether the database is the data folder's own, which the sample may fill. */
    public boolean isOwn() {
        return externalUrl == null;
    }

    /** JDBC, for this process and others; starts the data folder's own database. */
    public String url() {
        if (externalUrl != null) {
            return externalUrl;
        }
        return "jdbc:h2:tcp://127.0.0.1:" + start().getPort() + "/" + NAME + MODE;
    }

    public Login login() {
        return login;
    }

    /** What Secrets Manager gives for the connection's secret. */
    public Map<String, String> secret() {
        return Map.of("username", login.user(), "password", login.password());
    }

    /**
     * A connection of this process; for the data folder's own database without a way through the network.
     *
     * @throws SQLException with what was to be opened, without the password
     */
    public Connection connect() throws SQLException {
        if (externalUrl == null) {
            start();
        }
        String url = externalUrl == null ? fileUrl() : externalUrl;
        try {
            return DriverManager.getConnection(url, login.user(), login.password());
        } catch (SQLException e) {
            throw new SQLException(
                    "The database %s does not let %s in: %s; check URL, user and password"
                            .formatted(url, login.user(), e.getMessage()),
                    e);
        }
    }

    private String fileUrl() {
        return "jdbc:h2:file:" + state.toAbsolutePath().resolve(NAME) + MODE;
    }

    private synchronized Server start() {
        if (server == null) {
            try {
                Files.createDirectories(state);
                // Kept open: the file is closed with its last connection, and opening it costs a tenth of a second.
                keptOpen = DriverManager.getConnection(fileUrl(), login.user(), login.password());
                try (var statement = keptOpen.createStatement()) {
                    statement.execute("CREATE SCHEMA IF NOT EXISTS dbo");
                    // A run on the user's own readings imports from it what it has: nothing.
                    statement.execute(TABLE);
                }
                server = Server.createTcpServer(
                                "-tcpPort",
                                "0",
                                "-tcpDaemon",
                                "-ifExists",
                                "-baseDir",
                                state.toAbsolutePath().toString())
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("The folder of the database, " + state + ", cannot be made", e);
            } catch (SQLException e) {
                throw new IllegalStateException(
                        "The database in %s cannot be started: %s".formatted(state, e.getMessage()), e);
            }
        }
        return server;
    }

    @Override
    public synchronized void close() {
        try {
            if (server != null) {
                server.stop();
                server = null;
            }
            if (keptOpen != null) {
                keptOpen.close();
                keptOpen = null;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The database in " + state + " could not be closed", e);
        }
    }
}
