package io.thermolake.local.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:sqlserver://h:1433;databaseName=b;password=hidden;encrypt=true | jdbc:sqlserver://h:1433;databaseName=b;password=***;encrypt=true",
                "jdbc:sqlserver://h;Password = hidden | jdbc:sqlserver://h;Password = ***",
                "jdbc:sqlserver://h;password={hid}}d;en};user=u | jdbc:sqlserver://h;password=***;user=u",
                "jdbc:sqlserver://h;trustStorePassword=hidden | jdbc:sqlserver://h;trustStorePassword=***",
                "jdbc:postgresql://h/b?user=u&password=hidden&ssl=true | jdbc:postgresql://h/b?user=u&password=***&ssl=true",
                "jdbc:mysql://u:hidden@h/b | jdbc:mysql://u:***@h/b",
                "jdbc:oracle:thin:u/hidden@h:1521:b | jdbc:oracle:thin:u/***@h:1521:b",
                "No suitable driver found for jdbc:x://h;pwd=hidden | No suitable driver found for jdbc:x://h;pwd=***",
                "jdbc:sqlserver://h:1433;databaseName=b;user=u | jdbc:sqlserver://h:1433;databaseName=b;user=u",
                "jdbc:h2:tcp://127.0.0.1:1/b;MODE=MSSQLServer | jdbc:h2:tcp://127.0.0.1:1/b;MODE=MSSQLServer",
            })
    void aPasswordInAUrlIsFoundAndMasked(String url, String shown) {
        assertThat(JdbcUrl.masked(url)).isEqualTo(shown);
        assertThat(JdbcUrl.hasPassword(url)).isEqualTo(!url.equals(shown));
        assertThat(JdbcUrl.masked(shown)).as("stays as it is").isEqualTo(shown);
    }

    @Test
    void noErrorOfADatabaseShowsThePasswordOfItsUrl(@TempDir Path folder) {
        try (DatabaseService database =
                DatabaseService.external(folder, "jdbc:none://h;password=hidden", "u", "secret")) {
            assertThatThrownBy(database::connect)
                    .isInstanceOf(SQLException.class)
                    .hasNoCause()
                    .hasMessageContaining("jdbc:none://h")
                    .hasMessageNotContaining("hidden")
                    .hasMessageNotContaining("secret");
            assertThat(database.login().toString()).isEqualTo("u");
        }
    }
}
