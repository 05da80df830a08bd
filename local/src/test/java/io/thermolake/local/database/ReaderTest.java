package io.thermolake.local.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.RecordJson;
import io.thermolake.local.aws.WholeFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.h2.engine.SysProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks with the login that Secrets Manager gives to whoever asks. */
class ReaderTest {
    private static final String OLD_PASSWORD = "00112233445566778899aabbccddeeff";

    @TempDir
    Path folder;

    private final List<DatabaseService> open = new java.util.ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(DatabaseService::close);
    }

    private DatabaseService database() {
        DatabaseService database = DatabaseService.own(folder.resolve("database"));
        open.add(database);
        return database;
    }

    /** As folders were before there was an owner: the one login is an administrator's. */
    private DatabaseService migrated() throws SQLException {
        Path state = folder.resolve("database");
        WholeFiles.write(
                state.resolve("login.json"),
                RecordJson.gson().toJson(new DatabaseService.Login("sensors", OLD_PASSWORD)));
        String url = "jdbc:h2:file:" + state.toAbsolutePath()
                + "/building;MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
        try (Connection old = DriverManager.getConnection(url, "sensors", OLD_PASSWORD);
                Statement statement = old.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS dbo");
            statement.execute(DatabaseService.TABLE);
            statement.execute("INSERT INTO dbo.temperatures VALUES ('2026-03-01 10:00:00', 'old', 21.5)");
        }
        return database();
    }

    private static Connection reader(DatabaseService database) throws SQLException {
        return DriverManager.getConnection(
                database.url(), database.login().user(), database.login().password());
    }

    private static Stream<String> attacks() {
        return Stream.of(
                "CREATE ALIAS F AS 'int f() { return 1; }'",
                "CREATE ALIAS G FOR 'java.lang.System.getProperty'",
                "CREATE ALIAS S FOR 'org.h2.server.TcpServer.stopServer'",
                "CREATE AGGREGATE A FOR 'java.lang.String'",
                "CREATE TRIGGER T BEFORE SELECT ON dbo.temperatures CALL 'org.h2.api.Trigger'",
                "CREATE TRIGGER T BEFORE INSERT ON dbo.temperatures AS '//javascript'",
                "CREATE LINKED TABLE L('', 'jdbc:h2:mem:x', 'a', 'b', 'T')",
                "CREATE LINKED TABLE L('javax.naming.InitialContext', 'ldap://127.0.0.1/x', 'a', 'b', 'T')",
                "SELECT * FROM LINK_SCHEMA('x', '', 'jdbc:h2:mem:x', 'a', 'b', 'PUBLIC')",
                "SCRIPT",
                "SCRIPT TO '%s/s.sql'",
                "RUNSCRIPT FROM '/etc/passwd'",
                "RUNSCRIPT FROM 'http://127.0.0.1:1/x.sql'",
                "BACKUP TO '%s/b.zip'",
                "CALL CSVWRITE('%s/o.csv', 'SELECT 1')",
                "SELECT * FROM CSVREAD('/etc/passwd')",
                "CALL FILE_READ('/etc/passwd')",
                "CALL FILE_WRITE('a', '%s/w')",
                "SHUTDOWN",
                "DROP TABLE dbo.temperatures",
                "DROP SCHEMA dbo CASCADE",
                "DROP ALL OBJECTS DELETE FILES",
                "TRUNCATE TABLE dbo.temperatures",
                "ALTER TABLE dbo.temperatures ADD x int",
                "INSERT INTO dbo.temperatures VALUES ('2026-01-01', 'a', 1)",
                "MERGE INTO dbo.temperatures KEY(room_id) VALUES ('2026-01-01', 'a', 1)",
                "UPDATE dbo.temperatures SET temperature = 1",
                "DELETE FROM dbo.temperatures",
                "EXPLAIN ANALYZE DELETE FROM dbo.temperatures",
                "EXECUTE IMMEDIATE 'DROP ALL OBJECTS'",
                "CREATE TABLE dbo.t(x int)",
                "CREATE TABLE PUBLIC.t(x int)",
                "CREATE VIEW dbo.v AS SELECT 1 x",
                "CREATE SCHEMA s",
                "ALTER SCHEMA dbo RENAME TO other",
                "ALTER USER sensors ADMIN TRUE",
                "ALTER USER owner SET PASSWORD 'x'",
                "CREATE USER z PASSWORD 'z' ADMIN",
                "DROP USER owner",
                "GRANT ALL ON SCHEMA dbo TO sensors",
                "SET MODE Oracle",
                "SET DB_CLOSE_DELAY 0",
                "SET TRACE_LEVEL_FILE 3",
                "SET EXCLUSIVE 1",
                "SET JAVA_OBJECT_SERIALIZER 'x.y'",
                "SET DATABASE_EVENT_LISTENER 'x.y'",
                "CALL ABORT_SESSION(1)",
                "SELECT * FROM PUBLIC.STOP_SERVER(1, '', 0)");
    }

    private void refusesAll(DatabaseService database) throws SQLException, IOException {
        for (String attack : attacks().toList()) {
            try (Connection connection = reader(database);
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute(attack.formatted(folder)))
                        .as(attack)
                        .isInstanceOf(SQLException.class)
                        .hasMessageNotContaining("Wrong user");
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("no attack wrote a file").containsExactly(folder.resolve("database"));
        }
        try (Connection connection = reader(database);
                ResultSet rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM dbo.temperatures")) {
            assertThat(rows.next()).as("reading goes on").isTrue();
        }
    }

    @Test
    void theLoginThatIsToldReadsAndDoesNothingElse() throws Exception {
        DatabaseService database = database();
        refusesAll(database);
        assertThat(database.secret()).containsEntry("username", "sensors");
        assertThat(database.secret().get("password"))
                .isNotEqualTo(RecordJson.gson()
                        .fromJson(Files.readString(folder.resolve("database/owner.json")), DatabaseService.Login.class)
                        .password());
    }

    @Test
    void anOldFoldersAdministratorBecomesAReaderAndItsRowsStay() throws Exception {
        DatabaseService database = migrated();
        assertThat(database.login().password()).isEqualTo(OLD_PASSWORD);
        refusesAll(database);
        try (Connection here = database.connect();
                ResultSet rows = here.createStatement().executeQuery("SELECT room_id FROM dbo.temperatures")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("old");
        }
        database.close();

        try (Connection here = database().connect()) {
            assertThat(here.getMetaData().getUserName()).isEqualToIgnoringCase("owner");
        }
    }

    @Test
    void aMigrationThatWasCutOffGoesOn() throws Exception {
        Path state = folder.resolve("database");
        migrated();
        String url = "jdbc:h2:file:" + state.toAbsolutePath()
                + "/building;MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
        try (Connection old = DriverManager.getConnection(url, "sensors", OLD_PASSWORD);
                Statement statement = old.createStatement()) {
            statement.execute("CREATE USER owner PASSWORD 'of a file that was never written' ADMIN");
        }
        try (Connection here = database().connect()) {
            assertThat(here.getMetaData().getUserName()).isEqualToIgnoringCase("owner");
        }
    }

    @Test
    void aChangedPasswordIsSetBackWhenTheNextOneComes() throws SQLException {
        DatabaseService database = database();
        try (Connection connection = reader(database)) {
            connection.createStatement().execute("SET PASSWORD 'mine'");
        }
        try (Connection connection = reader(database)) {
            assertThat(connection.isClosed()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/building;INIT=CREATE ALIAS F FOR 'java.lang.System.exit'",
                "/building;INIT=RUNSCRIPT FROM 'http://127.0.0.1:1/x.sql'",
                "/building;DATABASE_EVENT_LISTENER='x.y'",
                "/../../building",
                "/../other/new",
                "//etc/new",
                "/nio:/etc/new",
                "/zip:/tmp/x.zip!/y",
                "/mem:x",
                "/new",
                "/~/new",
            })
    void aUrlOfItsOwnOpensNothingElse(String rest) {
        DatabaseService database = database();
        String server = "jdbc:h2:tcp://127.0.0.1:" + URI.create(plain(database)).getPort();
        for (String user : List.of("sensors", "owner", "sa", "")) {
            assertThatThrownBy(() -> DriverManager.getConnection(
                            server + rest, user, database.login().password()))
                    .as("%s by %s", rest, user)
                    .isInstanceOf(SQLException.class);
        }
        assertThat(folder.resolve("database/new.mv.db")).doesNotExist();
    }

    private static String plain(DatabaseService database) {
        return database.url().replaceAll("^jdbc:h2:|;.*", "");
    }

    @ParameterizedTest
    @MethodSource("ownAddresses")
    void itListensOnLoopbackAlone(InetAddress address) {
        int port = URI.create(plain(database())).getPort();
        assertThatThrownBy(() -> new Socket(address, port).close()).isInstanceOf(IOException.class);
    }

    /** And one more of loopback, so that there is always one. */
    private static Stream<InetAddress> ownAddresses() throws IOException {
        return Stream.concat(
                Stream.of(InetAddress.getByName("127.0.0.2")),
                Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                        .flatMap(NetworkInterface::inetAddresses)
                        .filter(a -> !a.isLoopbackAddress()));
    }

    @Test
    void classesAreNotLoadedBySqlOfTheOwnerEither() throws SQLException {
        try (Connection here = database().connect()) {
            assertThat(SysProperties.ALLOWED_CLASSES).isEqualTo("org.h2.server.TcpServer");
            assertThatThrownBy(
                            () -> here.createStatement().execute("CREATE ALIAS G FOR 'java.lang.System.getProperty'"))
                    .hasMessageContaining("denied");
        }
    }

    @Test
    void bothLoginsLieInFilesOfTheirOwnerAlone() throws IOException {
        database().close();
        for (String file : List.of("owner.json", "login.json")) {
            PosixFileAttributeView rights =
                    Files.getFileAttributeView(folder.resolve("database").resolve(file), PosixFileAttributeView.class);
            if (rights != null) {
                assertThat(PosixFilePermissions.toString(rights.readAttributes().permissions()))
                        .isEqualTo("rw-------");
            }
        }
    }
}
