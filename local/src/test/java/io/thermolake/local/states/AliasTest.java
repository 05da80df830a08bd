package io.thermolake.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AliasTest {
    @ParameterizedTest
    @CsvSource({"100, 0, one", "100, 99, one", "10, 9, one", "10, 10, two", "0, 0, two", "0, 99, two"})
    void startsGoToVersionsByWeight(int weight, int percent, String version) {
        Alias alias = new Alias(
                "a",
                "m",
                "n",
                null,
                List.of(new Alias.Route("one", weight), new Alias.Route("two", 100 - weight)),
                Instant.EPOCH,
                Instant.EPOCH);
        assertThat(alias.pick(percent)).isEqualTo(version);
    }
}
