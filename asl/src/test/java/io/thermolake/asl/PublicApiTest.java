package io.thermolake.asl;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.internal.base.Hashing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users of this library may write is what {@code public-api.txt} says, and all of it can be written without internal types. */
class PublicApiTest {
    private static final Path FILE = Path.of("src/test/resources/public-api.txt");
    /** Set, the test writes the file instead. */
    private static final String ACCEPT = "asl.api.accept";

    private static final List<String> LINES = PublicApi.lines(PublicApi.types());

    @Test
    void thePublicApiIsTheOneThatWasAgreedOn() throws IOException {
        if (Boolean.getBoolean(ACCEPT)) {
            Files.write(FILE, LINES);
        }
        List<String> agreed = Files.readAllLines(FILE);
        List<String> changes = Stream.concat(
                        agreed.stream().filter(line -> !LINES.contains(line)).map(line -> "- " + line),
                        LINES.stream().filter(line -> !agreed.contains(line)).map(line -> "+ " + line))
                .sorted((a, b) -> a.substring(2).compareTo(b.substring(2)))
                .toList();
        assertThat(changes)
                .as(
                        "the public API is not what %s says. Is the change meant? Then accept it, and tell it in CHANGELOG.md:"
                                + " mvn -pl asl test -Dtest=PublicApiTest -D%s=true%n%s",
                        FILE, ACCEPT, String.join("\n", changes))
                .isEmpty();
        assertThat(LINES).as("the order of %s", FILE).isEqualTo(agreed);
    }

    @Test
    void noSignatureMentionsAnInternalType() {
        assertThat(mentions(LINES)).isEmpty();
    }

    /** Only for the tests below: what a careless change would make public. */
    public abstract static class Careless implements Function<Map<String, ? extends Hashing[]>, String> {
        protected <T extends Hashing> Careless(T one) throws IOException {}

        protected static final List<Hashing> MANY = List.of();

        public synchronized Hashing[] some() {
            return new Hashing[0];
        }

        void hidden(Hashing one) {}
    }

    @Test
    void anInternalTypeIsSeenWhereverItStands() {
        List<String> lines = PublicApi.lines(List.of(Careless.class));
        assertThat(lines).hasSize(4);
        assertThat(mentions(lines)).hasSize(4);
        assertThat(lines)
                .anyMatch(
                        line -> line.endsWith(
                                "Careless.<init>(T) protected <T extends io.thermolake.asl.internal.base.Hashing> throws java.io.IOException"))
                .anyMatch(line -> line.endsWith("Careless.some() public : io.thermolake.asl.internal.base.Hashing[]"));
    }

    private static List<String> mentions(List<String> lines) {
        return lines.stream()
                .filter(line -> line.contains(".internal.") || line.contains("com.dashjoin."))
                .toList();
    }
}
