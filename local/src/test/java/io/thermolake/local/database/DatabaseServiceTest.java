package io.thermolake.local.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
