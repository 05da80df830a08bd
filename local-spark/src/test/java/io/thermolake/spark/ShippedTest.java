package io.thermolake.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The worker's class path is what docs/shipped.md says that it is. */
class ShippedTest {
    private static final Pattern KEPT =
            Pattern.compile("(?m)^\\| ([a-z][a-z0-9-]*) \\| ([0-9][0-9A-Za-z.-]*) \\| (.+) \\| (.+) \\|$");

    private static List<String> jars() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(path -> Path.of(path).getFileName().toString())
                .toList();
    }

    @Test
    void eachLibraryThatIsKeptIsThereInTheVersionThatIsTold() throws IOException {
        List<MatchResult> kept = KEPT.matcher(Files.readString(Path.of("../docs/shipped.md")))
                .results()
                .toList();
        assertThat(kept).hasSizeGreaterThan(5);
        assertThat(kept)
                .allSatisfy(row -> assertThat(jars())
                        .anyMatch(jar -> jar.matches(
                                Pattern.quote(row.group(1) + "-" + row.group(2)) + "(-shaded-protobuf)?\\.jar")));
    }

    /** The enforcer refuses older ones; a floor that is taken out would be missed by nobody. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "at.yawk.lz4:lz4-java",
                "com.fasterxml.jackson.core:jackson-core",
                "com.google.guava:guava",
                "com.google.protobuf:protobuf-java",
                "commons-io:commons-io",
                "io.airlift:aircompressor",
                "io.netty:*",
                "org.apache.avro:avro",
                "org.apache.commons:commons-compress",
                "org.apache.commons:commons-lang3",
                "org.apache.hadoop:*",
                "org.apache.ivy:ivy",
                "org.apache.logging.log4j:log4j-core",
                "org.apache.zookeeper:*",
                "org.glassfish.jersey.core:*"
            })
    void aLibraryWithAKnownWeaknessHasAFloor(String library) throws IOException {
        String parent = Files.readString(Path.of("../functions/parent/pom.xml"));
        String banned =
                parent.substring(parent.indexOf("<bannedDependencies>"), parent.indexOf("</bannedDependencies>"));

        assertThat(banned)
                .containsPattern("<exclude>" + Pattern.quote(library) + "[^<]*:\\(,[^<]+\\):\\*:runtime</exclude>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zookeeper",
                "curator-client",
                "ivy",
                "guava",
                "protobuf-java",
                "jersey-server",
                "tink",
                "netty-all",
                "netty-transport-native-epoll",
                "avro-ipc",
                "parquet-avro",
                "commons-collections-3.2.1",
                "log4j-1.2.17",
            })
    void whatOnlyAClusterUsesIsNotThere(String library) {
        assertThat(jars()).noneMatch(jar -> jar.matches(Pattern.quote(library) + "(-[0-9].*)?(\\.jar)?"));
    }
}
