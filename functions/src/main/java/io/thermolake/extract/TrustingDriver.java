package io.thermolake.extract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.UUID;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections whose server must prove itself by given certificates. SQL Server's driver wants them as a file, and
 * Spark opens connections on its driver and on any executor: so this stands before the real driver and writes the file where
 * the connection is opened. Spark makes it by its class name.
 */
public final class TrustingDriver implements Driver {
    /** The property that holds the certificates as PEM; it does not reach the real driver. */
    static final String CERTIFICATES = "certificates";

    private final String password;

    /** Called by Spark. */
    public TrustingDriver() {
        password = UUID.randomUUID().toString();
    }

    @Override
    public @Nullable Connection connect(String url, Properties properties) throws SQLException {
        Properties real = new Properties();
        properties.stringPropertyNames().forEach(name -> real.setProperty(name, properties.getProperty(name)));
        String certificates = String.valueOf(real.remove(CERTIFICATES));
        try {
            real.setProperty("trustStore", trustStore(certificates).toString());
            real.setProperty("trustStoreType", "PKCS12");
            real.setProperty("trustStorePassword", password);
        } catch (IOException | GeneralSecurityException e) {
            throw new SQLException("The certificates of DbCaCertificate cannot be used: " + e.getMessage(), e);
        }
        return DriverManager.getDriver(url).connect(url, real);
    }

    private Path trustStore(String certificates) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(certificates.getBytes(UTF_8)))) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        if (number == 0) {
            throw new GeneralSecurityException("the file holds no certificate in PEM form");
        }
        Path file = Files.createTempFile("trust", ".p12");
        // Not deleted at once: the driver reads it again when it renews a broken connection.
        file.toFile().deleteOnExit();
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file;
    }

    /** False: DriverManager must never find this one, Spark names it. */
    @Override
    public boolean acceptsURL(String url) {
        return false;
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
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("logs nothing");
    }
}
