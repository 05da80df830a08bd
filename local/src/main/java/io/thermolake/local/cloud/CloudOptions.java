package io.thermolake.local.cloud;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a laptop cloud is started.
 *
 * @param home where the template lies
 * @param data the data folder
 * @param port of the gateway, 0 for any
 * @param listen an address of this machine that the gateway listens on beside 127.0.0.1; null for none
 * @param mqttPort of the broker, 0 for any
 * @param timeScale Wait and Retry intervals are multiplied by it
 * @param database the external database
 * @param parameters of the template, instead of its defaults
 */
public record CloudOptions(
        Path home,
        Path data,
        int port,
        @Nullable String listen,
        int mqttPort,
        double timeScale,
        Database database,
        Map<String, String> parameters) {
    public CloudOptions {
        parameters = Map.copyOf(parameters);
    }

    /** The environment's variable with the password of a user's own database; no process that the cloud starts gets it. */
    public static final String PASSWORD_VARIABLE = "THERMOLAKE_DATABASE_PASSWORD";

    /** On 127.0.0.1 only, with the template's defaults. */
    public CloudOptions(Path home, Path data, int port, int mqttPort, double timeScale, Database database) {
        this(home, data, port, null, mqttPort, timeScale, database, Map.of());
    }

    /** @param address of this machine, beside 127.0.0.1; null for none */
    public CloudOptions listeningOn(@Nullable String address) {
        return new CloudOptions(home, data, port, address, mqttPort, timeScale, database, parameters);
    }

    public CloudOptions with(Map<String, String> parameters) {
        return new CloudOptions(home, data, port, listen, mqttPort, timeScale, database, parameters);
    }

    /**
     * The external database of the stack.
     *
     * @param present whether the stack has one
     * @param url JDBC; null for the data folder's own
     */
    public record Database(boolean present, @Nullable String url, String user, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return url == null ? "own" : user;
        }

        /** H2 in SQL Server mode, in the data folder. */
        public static Database own() {
            return new Database(true, null, "", "");
        }

        public static Database none() {
            return new Database(false, null, "", "");
        }
    }
}
