package io.thermolake.model.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.fake.Lab;
import io.thermolake.model.endpoint.Leftover.Kind;
import io.thermolake.model.endpoint.Sweep.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepTest {
    @ParameterizedTest
    @CsvSource({
        "RUNNING,        ON",
        "PENDING_REDRIVE, ON",
        "SUCCEEDED,      OVER",
        "FAILED,         OVER",
        "TIMED_OUT,      OVER",
        "ABORTED,        OVER",
        "SLEEPING,       UNKNOWN",
        ",               UNKNOWN",
    })
    void onlyATerminalStateIsOver(String status, RunState meaning) {
        assertThat(RunState.of(status)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "ENDPOINT, InService, OVER,    DELETE",
        "ENDPOINT, Creating,  OVER,    DELETE",
        "ENDPOINT, Failed,    OVER,    DELETE",
        "ENDPOINT, Deleting,  OVER,    GOING",
        "ENDPOINT, InService, ON,      IN_USE",
        "ENDPOINT, Deleting,  ON,      IN_USE",
        "ENDPOINT, InService, UNKNOWN, UNKNOWN",
        "CONFIG,   ,          OVER,    DELETE",
        "CONFIG,   ,          ON,      IN_USE",
        "MODEL,    ,          OVER,    DELETE",
        "MODEL,    ,          UNKNOWN, UNKNOWN",
    })
    void whatGoesIsWhatARunThatIsOverMade(Kind kind, String status, RunState state, Fate verdict) {
        assertThat(sweep(state).judge(thing(kind, status, HostingTags.of("thermolake", Lab.RUN, false))))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none,         none,  none",
                "thermolake-2, run-1, arn:x",
                "thermolake,   run-1, none",
                "none,         run-1, arn:x",
            })
    void whatHasNotAllOfOurTagsIsNotOurs(@Nullable String stack, @Nullable String run, @Nullable String execution) {
        Map<String, String> tags = new TreeMap<>();
        put(tags, HostingTags.STACK, stack);
        put(tags, HostingTags.RUN, run);
        put(tags, HostingTags.EXECUTION, execution);

        assertThat(sweep(RunState.OVER).judge(thing(Kind.ENDPOINT, "InService", tags)))
                .isEqualTo(Fate.NOT_OURS);
    }

    @Test
    void aKeptEndpointNamesNoRun() {
        assertThat(sweep(RunState.OVER)
                        .judge(thing(Kind.ENDPOINT, "InService", HostingTags.of("thermolake", Lab.RUN, true))))
                .isEqualTo(Fate.NOT_OURS);
    }

    @Test
    void aConfigurationWaitsForItsEndpointWhoseverThatIs() {
        Sweep sweep = sweep(RunState.OVER);
        Map<String, String> ours = HostingTags.of("thermolake", Lab.RUN, false);

        sweep.judge(thing(Kind.ENDPOINT, "InService", Map.of()));

        assertThat(sweep.judge(thing(Kind.CONFIG, null, ours))).isEqualTo(Fate.NEEDED);
        assertThat(sweep.judge(thing(Kind.MODEL, null, ours))).isEqualTo(Fate.NEEDED);
    }

    @Test
    void aRunIsAskedAboutOnce() {
        List<String> asked = new ArrayList<>();
        Sweep sweep = new Sweep("thermolake", execution -> {
            asked.add(execution);
            return RunState.OVER;
        });
        for (Kind kind : Kind.values()) {
            sweep.judge(thing(kind, null, HostingTags.of("thermolake", Lab.RUN, false)));
        }
        assertThat(asked).containsExactly(Lab.RUN.executionArn());
    }

    private static Sweep sweep(RunState state) {
        return new Sweep("thermolake", execution -> state);
    }

    private static Leftover thing(Kind kind, @Nullable String status, Map<String, String> tags) {
        return new Leftover(kind, "tl-1", status, tags);
    }

    private static void put(Map<String, String> tags, String key, @Nullable String value) {
        if (value != null) {
            tags.put(key, value);
        }
    }
}
