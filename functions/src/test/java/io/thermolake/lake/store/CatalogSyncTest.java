package io.thermolake.lake.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.PipelineException;
import io.thermolake.fake.FakeGlue;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogSyncTest {
    private final FakeGlue glue = new FakeGlue();
    private final CatalogSync sync = new CatalogSync(glue, "thermolake", "lake");

    @Test
    void newPartitionsAreMadeAHundredACall() {
        sync.sync("temperatures", days(250, "one"));

        assertThat(glue.batches).containsExactly(100, 100, 50);
        assertThat(glue.partitions.get("temperatures"))
                .hasSize(250)
                .containsEntry(List.of("2026-01-01"), "s3://lake/lake/one/2026-01-01/");
    }

    @Test
    void partitionsThatMovedAreChangedAHundredACallAndOthersAreLeft() {
        sync.sync("temperatures", days(250, "one"));
        glue.batches.clear();
        Map<List<String>, String> moved = days(250, "one");
        moved.putAll(days(120, "two"));

        sync.sync("temperatures", moved);

        assertThat(glue.batches).containsExactly(100, 20);
        assertThat(glue.partitions.get("temperatures"))
                .containsEntry(List.of("2026-01-01"), "s3://lake/lake/two/2026-01-01/")
                .containsEntry(List.of("2026-09-07"), "s3://lake/lake/one/2026-09-07/");
    }

    @Test
    void aSecondTimeThereIsNothingToDo() {
        sync.sync("rooms", Map.of(List.of("lab", "2026-01-01"), "rooms/a/"));
        glue.batches.clear();

        sync.sync("rooms", Map.of(List.of("lab", "2026-01-01"), "rooms/a/"));
        sync.sync("rooms", Map.of());

        assertThat(glue.batches).isEmpty();
    }

    @Test
    void aPartitionThatGlueRefusesIsNamed() {
        glue.refused.put(List.of("2026-01-02"), "ResourceNumberLimitExceededException");

        assertThatThrownBy(() -> sync.sync("temperatures", days(3, "one")))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("[2026-01-02] of thermolake.temperatures")
                .hasMessageContaining("Glue says ResourceNumberLimitExceededException")
                .hasMessageContaining("the next run finishes the catalog");
    }

    @Test
    void aChangeThatGlueRefusesIsNamed() {
        sync.sync("temperatures", days(3, "one"));
        glue.refused.put(List.of("2026-01-03"), "InternalServiceException");

        assertThatThrownBy(() -> sync.sync("temperatures", days(3, "two")))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("[2026-01-03] of thermolake.temperatures");
    }

    @Test
    void aPartitionThatAnotherAttemptMadeMeanwhileIsNoFailure() {
        glue.refused.put(List.of("2026-01-02"), "AlreadyExistsException");

        assertThatCode(() -> sync.sync("temperatures", days(3, "one"))).doesNotThrowAnyException();
    }

    private static Map<List<String>, String> days(int count, String folder) {
        Map<List<String>, String> days = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            LocalDate date = LocalDate.of(2026, 1, 1).plusDays(i);
            days.put(List.of(date.toString()), "lake/%s/%s/".formatted(folder, date));
        }
        return days;
    }
}
