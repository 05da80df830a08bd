package io.thermolake.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTlsTest {
    private static final String URL = "jdbc:sqlserver://db.example.com:1433;databaseName=building";

    @ParameterizedTest
    @ValueSource(
            strings = {
                URL,
                URL + ";encrypt=true",
                URL + ";encrypt=strict;",
                URL + ";trustServerCertificate=false",
                URL + ";applicationName={a;trustServerCertificate=true}",
                "JDBC:SQLSERVER://db;databaseName=building",
            })
    void everyConnectionIsEncryptedAndTheServerProvesItself(String url) {
        assertThat(DatabaseTls.options(url, "", ""))
                .isEqualTo(Map.of("encrypt", "true", "trustServerCertificate", "false"));
    }

    @Test
    void certificatesComeByOurDriverAndTheHostByTheRealOne() {
        assertThat(DatabaseTls.options(URL, "PEM", "sql.internal"))
                .isEqualTo(Map.of(
                        "encrypt", "true",
                        "trustServerCertificate", "false",
                        "hostNameInCertificate", "sql.internal",
                        "driver", "io.thermolake.extract.TrustingDriver",
                        "certificates", "PEM"));
    }

    @ParameterizedTest
    @CsvSource({
        "trustServerCertificate=true, trustServerCertificate=true",
        "TRUSTSERVERCERTIFICATE = True, trustServerCertificate=true",
        "trustservercertificate={true}, trustServerCertificate=true",
        "encrypt=false, encrypt=false",
        "Encrypt=optional, encrypt=optional",
        "encrypt=no, encrypt=no",
        "user=reader, holds a user",
        "userName=reader, holds a username",
        "Password={x}, holds a password",
    })
    void aUrlThatGivesTheEncryptionUpIsRefused(String property, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseTls.options(URL + ";" + property, "", ""))
                .withMessageContaining(named);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseTls.options(URL + ";" + property + ";encrypt=true", "PEM", "host"))
                .withMessageContaining(named);
    }

    @Test
    void anotherDatabaseIsLeftAloneUnlessItIsGivenACertificate() {
        assertThat(DatabaseTls.options("jdbc:h2:mem:x;user=sa", "", "")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseTls.options("jdbc:h2:mem:x", "PEM", ""))
                .withMessageContaining("for SQL Server only");
    }
}
