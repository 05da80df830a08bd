package io.thermolake.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.fake.FakeAthena;
import io.thermolake.fake.FakeContext;
import io.thermolake.fake.Lab;
import io.thermolake.lake.LakeLayout;
import io.thermolake.run.Handle;
import io.thermolake.run.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryHandlersTest {
    private static final Instant WALL = Instant.parse("2026-11-24T12:00:00Z");

    private final Lab lab = new Lab();
    private final FakeAthena athena = new FakeAthena();

    @Test
    void everyFileIsANamedQueryOfItsOwn() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/bi/queries"))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            NamedQuery.ALL.stream().map(q -> q.name() + ".sql").toList());
        }
        assertThat(NamedQuery.ALL).allSatisfy(query -> assertThat(query.sql()).contains("FROM temperatures"));
    }

    @Test
    void everyQueryIsStartedInTheStacksDatabaseAndWorkgroup() {
        Progress progress = start();

        assertThat(progress.handles()).hasSize(3).allSatisfy(handle -> {
            assertThat(handle.kind()).isEqualTo(Handle.Kind.QUERY);
            assertThat(handle.deadline()).isEqualTo(WALL.plus(Duration.ofMinutes(30)));
        });
        assertThat(athena.started.values()).hasSize(3).allSatisfy(query -> {
            assertThat(query.queryExecutionContext().database()).isEqualTo("thermolake");
            assertThat(query.workGroup()).isEqualTo("thermolake");
            assertThat(query.clientRequestToken()).matches("[0-9a-f]{64}");
        });
        assertThat(lab.store.list(LakeLayout.handles("run-1"))).hasSize(3);
    }

    @Test
    void startedTwiceEachQueryRunsOnce() {
        assertThat(start()).isEqualTo(start());
        assertThat(athena.started).hasSize(3);
    }

    @Test
    void afterAFailureAQueryIsStartedAnew() {
        Handle failed = start().handles().get(0);
        athena.withState(failed.id(), "FAILED", "Query exhausted resources");

        List<Handle> again = start().handles();

        assertThat(again.get(0).id()).isNotEqualTo(failed.id());
        assertThat(athena.started).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUED,    RUNNING",
        "RUNNING,   RUNNING",
        "SUCCEEDED, SUCCEEDED",
        "FAILED,    FAILED",
        "CANCELLED, FAILED",
        "TELEPORTED, RUNNING",
        ",          RUNNING",
    })
    void onlySucceededIsSuccess(String state, QueryStatus meaning) {
        assertThat(QueryStatus.of(state)).isEqualTo(meaning);
    }

    @Test
    void whenAllSucceededTheirExecutionsAreTold() {
        List<Handle> handles = start().handles();
        handles.forEach(h -> athena.withState(h.id(), "SUCCEEDED", null));

        assertThat(check(handles, WALL).details())
                .isEqualTo(Map.of(
                        "queries",
                        Map.of(
                                "daily", handles.get(0).id(),
                                "hourly", handles.get(1).id(),
                                "rooms", handles.get(2).id())));
    }

    @Test
    void oneThatIsNotDoneIsWaitedFor() {
        List<Handle> handles = start().handles();
        athena.withState(handles.get(0).id(), "SUCCEEDED", null)
                .withState(handles.get(1).id(), "QUEUED", null);

        assertThat(check(handles, WALL)).isEqualTo(Progress.running(handles));
    }

    @Test
    void aFailedQueryStopsTheOthersAndTellsAthenasReason() {
        List<Handle> handles = start().handles();
        athena.withState(handles.get(0).id(), "SUCCEEDED", null)
                .withState(handles.get(1).id(), "FAILED", "TABLE_NOT_FOUND: temperatures");

        assertThatThrownBy(() -> check(handles, WALL))
                .isInstanceOf(QueryFailedException.class)
                .hasMessage("The query bi/queries/hourly.sql (execution %s) ended FAILED: TABLE_NOT_FOUND: temperatures"
                        .formatted(handles.get(1).id()));
        assertThat(athena.stopped).containsExactly(handles.get(2).id());
    }

    @Test
    void pastTheDeadlineWhatStillRunsIsStopped() {
        List<Handle> handles = start().handles();
        athena.withState(handles.get(0).id(), "SUCCEEDED", null);

        assertThatThrownBy(() -> check(handles, WALL.plus(Duration.ofMinutes(31))))
                .isInstanceOf(QueryTimedOutException.class)
                .hasMessageContaining("bi/queries/hourly.sql");
        assertThat(athena.stopped)
                .containsExactly(handles.get(1).id(), handles.get(2).id());
    }

    private Progress start() {
        return new StartQueriesHandler(Lab.settings(), athena, lab.s3, Clock.fixed(WALL, ZoneOffset.UTC))
                .handleRequest(new StartQueriesHandler.Request(Lab.RUN), new FakeContext());
    }

    private Progress check(List<Handle> handles, Instant at) {
        return new CheckQueriesHandler(athena, Clock.fixed(at, ZoneOffset.UTC))
                .handleRequest(new CheckQueriesHandler.Request(Lab.RUN, handles), new FakeContext());
    }
}
