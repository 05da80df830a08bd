package io.thermolake.local.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.local.secrets.SecretsManagerService;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

class DatabaseServiceTest {
    @TempDir
    Path folder;

    private static long rows(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT TOP (5) COUNT(*) FROM dbo.t WITH (NOLOCK)")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void whatWasWrittenIsThereForOthersAndAfterARestart() throws SQLException {
        String login;
        try (DatabaseService database = DatabaseService.own(folder);
                Connection here = database.connect();
                Statement statement = here.createStatement()) {
            statement.execute("CREATE TABLE dbo.t ([timestamp] datetime2, temperature double precision)");
            statement.execute("INSERT INTO dbo.t VALUES ('2026-03-01 00:00:00', 21.5)");
            login = database.login().password();
            try (Connection other =
                    DriverManager.getConnection(database.url(), database.login().user(), login)) {
                assertThat(rows(other)).isEqualTo(1);
            }
            assertThatThrownBy(() -> DriverManager.getConnection(
                            database.url(), database.login().user(), "guessed"))
                    .isInstanceOf(SQLException.class);
        }

        try (DatabaseService again = DatabaseService.own(folder);
                Connection here = again.connect()) {
            assertThat(again.login().password()).isEqualTo(login).hasSize(32);
            assertThat(rows(here)).isEqualTo(1);
        }
    }

    @Test
    void aForeignDatabaseThatIsNotThereIsNamedWithoutThePassword() {
        try (DatabaseService database =
                DatabaseService.external(folder, "jdbc:h2:tcp://127.0.0.1:1/none", "someone", "hidden")) {
            assertThat(database.isOwn()).isFalse();
            assertThatThrownBy(database::connect)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("jdbc:h2:tcp://127.0.0.1:1/none")
                    .hasMessageContaining("someone")
                    .hasMessageNotContaining("hidden");
        }
    }

    @Test
    void anOwnDatabaseHasTheTableSoThatARunWithoutTheSampleImportsNothing() throws SQLException {
        try (DatabaseService database = DatabaseService.own(folder);
                Connection here = database.connect();
                Statement statement = here.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM dbo.temperatures")) {
            rows.next();
            assertThat(rows.getLong(1)).isZero();
            assertThat(NewestRow.of(database)).as("of ours nobody asks").isEmpty();
        }
    }

    @Test
    void theNewestRowOfAForeignDatabaseIsAskedOrItIsSaidWhyNot() throws SQLException {
        try (DatabaseService theirs = DatabaseService.own(folder);
                DatabaseService database = DatabaseService.external(
                        folder,
                        theirs.url(),
                        theirs.login().user(),
                        theirs.login().password());
                Connection here = theirs.connect();
                Statement statement = here.createStatement()) {
            assertThat(NewestRow.of(database)).as("without rows").isEmpty();
            statement.execute("INSERT INTO dbo.temperatures VALUES ('2026-03-01 10:00:00', 'lab', 21.5),"
                    + " ('2026-03-02 11:00:30', 'lab', 21.5)");
            assertThat(NewestRow.of(database)).isEqualTo(Map.of("newest", "2026-03-02T11:00:30Z"));
            statement.execute("DROP TABLE dbo.temperatures");
            assertThat(NewestRow.of(database)).containsOnlyKeys("unknown");
        }
    }

    @Test
    void theSecretOpensTheDatabase() {
        try (DatabaseService database = DatabaseService.own(folder);
                SecretsManagerService secrets =
                        new SecretsManagerService(Map.of("db", database::secret), "eu-central-1", "000000000000")) {
            String json = secrets.getSecretValue(b -> b.secretId("db")).secretString();
            String arn = secrets.getSecretValue(b -> b.secretId("db")).arn();

            assertThat(json)
                    .isEqualTo("{\"password\":\"%s\",\"username\":\"sensors\"}"
                            .formatted(database.login().password()));
            assertThat(secrets.getSecretValue(b -> b.secretId(arn)).name()).isEqualTo("db");
            assertThatThrownBy(() -> secrets.getSecretValue(b -> b.secretId("other")))
                    .isInstanceOf(ResourceNotFoundException.class)
                    .hasMessageContaining("other");
        }
    }
}
