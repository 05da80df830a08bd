package io.thermolake.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepNameTest {
    @Test
    void aRunMayStartFromFiveStates() {
        assertThat(StepName.starts()).containsExactly("ImportHistory", "CrawlRaw", "ExtractRooms", "Detect", "Report");
        assertThat(StepName.startedBy("ImportHistory")).hasValue(StepName.ImportS3);
        assertThat(StepName.startedBy("CommitRun")).isEmpty();
    }
}
