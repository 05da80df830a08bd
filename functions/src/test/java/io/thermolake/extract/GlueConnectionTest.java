package io.thermolake.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import scala.collection.JavaConverters;

/** Whatever form Glue's library has, of those that are known or likely. */
class GlueConnectionTest {
    private static final Map<String, String> CONF = Map.of(
            "fullUrl", "jdbc:sqlserver://db:1433;databaseName=building",
            "url", "jdbc:sqlserver://db:1433",
            "user", "reader",
            "password", "secret-of-the-test",
            "vendor", "sqlserver",
            "enforceSSL", "true");

    /** As AWS's Python library for Glue 5.1 calls it. */
    public static class JavaMapByNameAndCatalog {
        public JavaMapByNameAndCatalog(SparkContext spark) {}

        public Map<String, String> extractJDBCConf(String connection, String catalog) {
            return connection.equals("db") && catalog == null ? CONF : Map.of();
        }
    }

    /** As AWS's first Python library called it. */
    public static class JavaMapByName {
        public JavaMapByName(SparkContext spark) {}

        public Map<String, String> extractJDBCConf(String connection) {
            return connection.equals("db") ? CONF : Map.of();
        }
    }

    public static class ScalaMap {
        public ScalaMap(SparkContext spark) {}

        public scala.collection.Map<String, String> extractJDBCConf(String connection, String catalog) {
            return JavaConverters.mapAsScalaMapConverter(CONF).asScala();
        }
    }

    public static class Refused {
        public Refused(SparkContext spark) {}

        public Map<String, String> extractJDBCConf(String connection, String catalog) {
            throw new IllegalArgumentException("AccessDeniedException");
        }
    }

    public static class Unknown {
        public Unknown(SparkContext spark) {}

        public Map<String, String> extractJDBCConf(int number) {
            return CONF;
        }
    }

    public static class WithoutContext {}

    @ParameterizedTest
    @MethodSource("libraries")
    void bothKindsOfMapAndBothFormsOfTheMethodGiveTheLogin(Class<?> library) {
        assertThat(GlueConnection.login(library, "db", null))
                .isEqualTo(new JdbcLogin(CONF.get("fullUrl"), "reader", "secret-of-the-test"));
    }

    static Stream<Class<?>> libraries() {
        return Stream.of(JavaMapByNameAndCatalog.class, JavaMapByName.class, ScalaMap.class);
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void whatCannotBeAskedIsToldWithTheConnectionsName(Class<?> library, String reason) {
        assertThatIllegalStateException()
                .isThrownBy(() -> GlueConnection.login(library, "db", null))
                .withMessageContaining("the connection db")
                .withMessageContaining(reason);
    }

    static Stream<Arguments> strangers() {
        return Stream.of(
                Arguments.of(Refused.class, "AccessDeniedException"),
                Arguments.of(Unknown.class, "Unknown.extractJDBCConf(String, String)"),
                Arguments.of(WithoutContext.class, "Glue's library is another one"));
    }

    /** With url instead, the import would read the login's default database. */
    @Test
    void aMissingAddressIsNamedAndNothingStandsInForIt() {
        assertThatIllegalStateException()
                .isThrownBy(() -> JdbcLogin.of("db", Map.of("url", "jdbc:x", "user", "u", "password", "of-the-test")))
                .withMessage("The connection db has no fullUrl; Glue knows [password, url, user] of it");
        assertThatIllegalStateException()
                .isThrownBy(() -> JdbcLogin.of("db", "text"))
                .withMessage("Glue answers for the connection db no map but a java.lang.String");
        assertThat(new JdbcLogin("jdbc:x", "u", "of-the-test").toString()).doesNotContain("of-the-test");
    }
}
