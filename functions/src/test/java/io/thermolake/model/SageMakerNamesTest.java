package io.thermolake.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.lake.Sha256;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SageMakerNamesTest {
    private static final String ALLOWED = "[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}";

    @Test
    void everyNameIsOneThatSageMakerAllows() {
        String longest = "run_".repeat(20);

        assertThat(SageMakerNames.trainingJob(longest, "server_room", "20260331T000000Z-1a2b3c4d", 0))
                .matches(ALLOWED);
        assertThat(SageMakerNames.endpoint(longest)).matches(ALLOWED);
        assertThat(SageMakerNames.keptEndpoint("a.bucket")).matches(ALLOWED);
    }

    @Test
    void aNameFollowsFromRunRoomAndVersion() {
        assertThat(SageMakerNames.trainingJob("run", "lab", "v1", 0))
                .isEqualTo("tl-" + Sha256.of("run/lab/v1").substring(0, 32))
                .isNotEqualTo(SageMakerNames.trainingJob("run", "lab", "v2", 0))
                .isNotEqualTo(SageMakerNames.trainingJob("run", "hall", "v1", 0))
                .isNotEqualTo(SageMakerNames.trainingJob("other", "lab", "v1", 0))
                .isNotEqualTo(SageMakerNames.trainingJob("run", "lab", "v1", 1));
        assertThat(SageMakerNames.endpoint("run"))
                .isEqualTo("tl-" + Sha256.of("run/").substring(0, 32));
    }

    @Test
    void aVersionIsTheSameForTheSameRowsAtTheSamePresent() {
        Instant now = Instant.parse("2026-03-31T00:00:00Z");

        assertThat(SageMakerNames.version(now, "21.5\n"))
                .isEqualTo(SageMakerNames.version(now, "21.5\n"))
                .matches("20260331T000000Z-[0-9a-f]{8}");
        assertThat(SageMakerNames.version(now, "21.6\n")).isNotEqualTo(SageMakerNames.version(now, "21.5\n"));
        assertThat(SageMakerNames.version(now.plusSeconds(1), "21.5\n"))
                .isGreaterThan(SageMakerNames.version(now, "21.5\n"));
    }

    @Test
    void theHashIsThatOfTheStandard() {
        assertThat(Sha256.of("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
