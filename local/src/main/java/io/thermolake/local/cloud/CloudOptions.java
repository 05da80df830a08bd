package io.thermolake.local.cloud;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a laptop cloud is started.
 *
 * @param home where the template lies
 * @param data the data folder
 * @param place of the gateway
 * @param mqttPort of the broker, 0 for any
 * @param timeScale Wait and Retry intervals are multiplied by it
 * @param database the external database
 * @param parameters of the template, instead of its defaults
 */
public record CloudOptions(
        Path home,
        Path data,
        Gateway.Place place,
        int mqttPort,
        double timeScale,
        Database database,
        Map<String, String> parameters) {
    public CloudOptions {
        parameters = Map.copyOf(parameters);
    }

    /** On 127.0.0.1 only, with the template's defaults. */
    public CloudOptions(Path home, Path data, int port, int mqttPort, double timeScale, Database database) {
        this(home, data, new Gateway.Place(port, null, null), mqttPort, timeScale, database, Map.of());
    }

    /** @param address of this machine, beside 127.0.0.1; null for none */
    public CloudOptions listeningOn(@Nullable String address) {
        return calledBy(address, place.host());
    }

    /**
     * @param address of this machine, beside 127.0.0.1; null for none
     * @param host by which others reach the gateway, if that is yet another; null for none
     */
    public CloudOptions calledBy(@Nullable String address, @Nullable String host) {
        Gateway.Place there = new Gateway.Place(place.port(), address, host);
        return new CloudOptions(home, data, there, mqttPort, timeScale, database, parameters);
    }

    public CloudOptions with(Map<String, String> parameters) {
        return new CloudOptions(home, data, place, mqttPort, timeScale, database, parameters);
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
