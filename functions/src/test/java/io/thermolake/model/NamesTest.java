package io.thermolake.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class NamesTest {
    private static final String ALLOWED = "[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}";

    @Test
    void everyNameIsOneThatSageMakerAllows() {
        String longest = "run_".repeat(20);

        assertThat(Names.trainingJob(longest, "server_room", "20260331T000000Z-1a2b3c4d", 0))
                .matches(ALLOWED);
        assertThat(Names.endpoint(longest)).matches(ALLOWED);
        assertThat(Names.keptEndpoint("a.bucket")).matches(ALLOWED);
    }

    @Test
    void aNameFollowsFromRunRoomAndVersion() {
        assertThat(Names.trainingJob("run", "lab", "v1", 0))
                .isEqualTo("tl-" + Names.sha256("run/lab/v1").substring(0, 32))
                .isNotEqualTo(Names.trainingJob("run", "lab", "v2", 0))
                .isNotEqualTo(Names.trainingJob("run", "hall", "v1", 0))
                .isNotEqualTo(Names.trainingJob("other", "lab", "v1", 0))
                .isNotEqualTo(Names.trainingJob("run", "lab", "v1", 1));
        assertThat(Names.endpoint("run")).isEqualTo("tl-" + Names.sha256("run/").substring(0, 32));
    }

    @Test
    void aVersionIsTheSameForTheSameRowsAtTheSamePresent() {
        Instant now = Instant.parse("2026-03-31T00:00:00Z");

        assertThat(Names.version(now, "21.5\n"))
                .isEqualTo(Names.version(now, "21.5\n"))
                .matches("20260331T000000Z-[0-9a-f]{8}");
        assertThat(Names.version(now, "21.6\n")).isNotEqualTo(Names.version(now, "21.5\n"));
        assertThat(Names.version(now.plusSeconds(1), "21.5\n")).isGreaterThan(Names.version(now, "21.5\n"));
    }

    @Test
    void theHashIsThatOfTheStandard() {
        assertThat(Names.sha256("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
