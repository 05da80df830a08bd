package io.thermolake.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamFlagsTest {
    private static final String BRIDGE = "172.17.0.1";

    private static SamFlags flags(@Nullable String file, @Nullable String listen, @Nullable String host) {
        SamFlags flags = new SamFlags();
        flags.file = file == null ? null : Path.of(file);
        flags.listen = listen;
        flags.host = host;
        return flags;
    }

    @ParameterizedTest
    @CsvSource({
        // file, listen, host -> listens on, containers call
        "         ,            ,               ,            ,              ",
        "         , 10.0.0.7   ,               , 10.0.0.7   , 10.0.0.7     ",
        "env.json ,            ,               , 172.17.0.1 , 172.17.0.1   ",
        "env.json , 172.18.0.1 ,               , 172.18.0.1 , 172.18.0.1   ",
        "env.json ,            , 192.168.65.254,            , 192.168.65.254",
        "env.json , 10.0.0.7   , 192.168.65.254, 10.0.0.7   , 192.168.65.254",
    })
    void theCloudListensBesideLoopbackOnlyWhereItIsTold(
            @Nullable String file,
            @Nullable String listen,
            @Nullable String host,
            @Nullable String listens,
            @Nullable String called) {
        assertThat(flags(file, listen, host).containers(() -> BRIDGE)).isEqualTo(new Containers(listens, called));
    }

    @Test
    void dockerIsAskedOnlyWhenNobodyNamesAnAddress() {
        SamFlags named = flags("env.json", "10.0.0.7", null);

        assertThat(named.containers(() -> {
                    throw new AssertionError("asked for the bridge");
                }))
                .isEqualTo(new Containers("10.0.0.7", "10.0.0.7"));
    }

    @ParameterizedTest
    @CsvSource({
        "env.json, 0.0.0.0 ,                     , every network of this machine",
        "        , 0.0.0.0 ,                     , every network of this machine",
        "        , ::      ,                     , takes an IPv4 address",
        "        , '*'     ,                     , takes an IPv4 address",
        "env.json,         , host.docker.internal, takes an IPv4 address",
        "        ,         , 192.168.65.254      , --sam-env",
    })
    void anAddressThatIsTooWideOrOfNoUseIsRefused(
            @Nullable String file, @Nullable String listen, @Nullable String host, String why) {
        assertThatThrownBy(() -> flags(file, listen, host).containers(() -> BRIDGE))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(why);
    }

    @Test
    void eachFunctionGetsItsVariablesAndTheAddress() {
        Map<String, ?> variables = Map.of("PlanRunFunction", Map.of("BUCKET", "b"), "CheckJobFunction", Map.of());
        Containers containers = new Containers(BRIDGE, BRIDGE);

        assertThat(SamFlags.withEndpoint(variables, containers.endpoint(URI.create("http://127.0.0.1:4599"))))
                .isEqualTo(Map.of(
                        "PlanRunFunction",
                        Map.of("BUCKET", "b", "AWS_ENDPOINT_URL", "http://172.17.0.1:4599"),
                        "CheckJobFunction",
                        Map.of("AWS_ENDPOINT_URL", "http://172.17.0.1:4599")));
    }
}
