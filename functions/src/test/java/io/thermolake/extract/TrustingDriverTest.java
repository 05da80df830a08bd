package io.thermolake.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrustingDriverTest {
    private static final String URL = "jdbc:sqlserver://10.1.2.3:1433;databaseName=building";
    private static final String FIRST = """
            -----BEGIN CERTIFICATE-----
            MIIBijCCATGgAwIBAgIUXo6VbW7BbeJs5XRvyeAkGBljZ3EwCgYIKoZIzj0EAwIw
            GjEYMBYGA1UEAwwPZmlyc3QgYXV0aG9yaXR5MCAXDTI2MTEyNTA4MzIwNFoYDzIx
            MjYxMTAxMDgzMjA0WjAaMRgwFgYDVQQDDA9maXJzdCBhdXRob3JpdHkwWTATBgcq
            hkjOPQIBBggqhkjOPQMBBwNCAAR1yVvRGI9WPjU19MZKS5JtN3bIST69D/t/qeLm
            O83czVj/KsV/6EuR1ku6Vhop8nqTss28FK8WOj0sH3DADyPMo1MwUTAdBgNVHQ4E
            FgQUeljKGT106pLCGouN9CYeLhBBiyMwHwYDVR0jBBgwFoAUeljKGT106pLCGouN
            9CYeLhBBiyMwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiB/QRWy
            N/w9kTVNlnG4gqMfTUL4NfdeEy9+2E7zzVLFAgIgPHu4iOkOxjfbMcUq9iQmuwrz
            gY+EWjlk/zz9P07/tZE=
            -----END CERTIFICATE-----
            """;
    private static final String SECOND = """
            -----BEGIN CERTIFICATE-----
            MIIBjTCCATOgAwIBAgIUdidgrkfztwXBndLrnl7hME6fy6swCgYIKoZIzj0EAwIw
            GzEZMBcGA1UEAwwQc2Vjb25kIGF1dGhvcml0eTAgFw0yNjExMjUwODMyMDRaGA8y
            MTI2MTEwMTA4MzIwNFowGzEZMBcGA1UEAwwQc2Vjb25kIGF1dGhvcml0eTBZMBMG
            ByqGSM49AgEGCCqGSM49AwEHA0IABBmYI8xHaFLdvQ8YWr3zBa9laMfl2e9/NjLs
            1L3INAq3IHsgJe/mL9Ndk6DxR4p/BX/IRd4yRYwTcdV812J713qjUzBRMB0GA1Ud
            DgQWBBS8WFhxAuY1Mn1XRLtXv/3CiHjo/zAfBgNVHSMEGDAWgBS8WFhxAuY1Mn1X
            RLtXv/3CiHjo/zAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIFw4
            rXUmYK+WWiRjWe/XZeFrPBN7RAAaaRsBy/klCZBaAiEArbKTHXio/O2V6dhyKVQb
            tEbjFe/A0EhJmaOYT1fRpUQ=
            -----END CERTIFICATE-----
            """;

    /** Takes the place of SQL Server's driver and opens nothing. */
    private static final class Real implements Driver {
        private final List<Properties> asked = new ArrayList<>();

        @Override
        public Connection connect(String url, Properties properties) throws SQLException {
            asked.add(properties);
            throw new SQLException("nobody listens at " + url);
        }

        @Override
        public boolean acceptsURL(String url) {
            return url.startsWith("jdbc:sqlserver:");
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }
    }

    private final Real real = new Real();

    @BeforeEach
    void install() throws SQLException {
        DriverManager.registerDriver(real);
    }

    @AfterEach
    void remove() throws SQLException {
        DriverManager.deregisterDriver(real);
    }

    @Test
    void theRealDriverGetsTheCertificatesAsAFileAndEverythingElseAsItIs() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("user", "reader");
        properties.setProperty("hostNameInCertificate", "db.example.com");
        properties.setProperty(TrustingDriver.CERTIFICATES, "A bundle may have words around it.\n" + FIRST + SECOND);

        assertThatThrownBy(() -> new TrustingDriver().connect(URL, properties))
                .isInstanceOf(SQLException.class)
                .hasMessage("nobody listens at " + URL);

        assertThat(real.asked).hasSize(1);
        Properties given = real.asked.get(0);
        assertThat(given.stringPropertyNames())
                .containsExactlyInAnyOrder(
                        "user", "hostNameInCertificate", "trustStore", "trustStoreType", "trustStorePassword");
        assertThat(given.getProperty("hostNameInCertificate")).isEqualTo("db.example.com");
        assertThat(trusted(given)).containsExactly("CN=first authority", "CN=second authority");
    }

    private static List<String> trusted(Properties given) throws Exception {
        KeyStore store = KeyStore.getInstance(given.getProperty("trustStoreType"));
        try (InputStream in = Files.newInputStream(Path.of(given.getProperty("trustStore")))) {
            store.load(in, given.getProperty("trustStorePassword").toCharArray());
        }
        List<String> names = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            assertThat(store.isCertificateEntry(alias)).isTrue();
            names.add(((X509Certificate) store.getCertificate(alias))
                    .getSubjectX500Principal()
                    .getName());
        }
        Collections.sort(names);
        return names;
    }

    @Test
    void whatIsNoCertificateFailsBeforeAnybodyIsAsked() {
        for (String text : List.of("", "null", "-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----")) {
            Properties properties = new Properties();
            properties.setProperty(TrustingDriver.CERTIFICATES, text);
            assertThatThrownBy(() -> new TrustingDriver().connect(URL, properties))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("The certificates of DbCaCertificate cannot be used");
        }
        assertThat(real.asked).isEmpty();
    }

    @Test
    void noUrlFindsItByItself() throws IOException, SQLException {
        assertThat(new TrustingDriver().acceptsURL(URL)).isFalse();
        assertThat(DriverManager.getDriver(URL)).isSameAs(real);
    }
}
