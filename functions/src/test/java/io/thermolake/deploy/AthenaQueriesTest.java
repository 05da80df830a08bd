package io.thermolake.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.fake.FakeContext;
import io.thermolake.fake.FakeS3;
import io.thermolake.report.NamedQuery;
import io.thermolake.report.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code Custom::AthenaQueries}: the report's queries and views. */
class AthenaQueriesTest {
    private static final Map<String, String> PROPERTIES =
            Map.of("Workgroup", "thermolake-dev", "Database", "thermolake", "Code", "arn:version:7");

    private final FakeAthenaCatalog athena = new FakeAthenaCatalog();
    private final FakeGlueJobs glue = new FakeGlueJobs();

    @Test
    void everyFileOfTheFolderIsAView() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/bi/views"))) {
            assertThat(files.map(f -> "views/" + f.getFileName()))
                    .containsExactlyInAnyOrderElementsOf(View.ALL.stream()
                            .map(View::file)
                            .filter(f -> f.startsWith("views/"))
                            .toList());
        }
        assertThat(View.ALL).extracting(View::name).doesNotHaveDuplicates().contains("report_daily", "report_alarms");
    }

    @Test
    void aQueryOfTheReportIsANamedQueryAndAViewOfTheSameSql() {
        CustomResourceAnswer answer = handle("Create", null);

        assertThat(answer.status()).as(answer.reason()).isEqualTo("SUCCESS");
        assertThat(answer.physicalResourceId()).isEqualTo("thermolake-dev/thermolake");
        assertThat(answer.data()).containsEntry("Views", "report_daily,report_hourly,report_rooms,report_alarms");
        assertThat(athena.queries.values()).hasSameSizeAs(NamedQuery.ALL).allSatisfy(query -> {
            assertThat(query.workGroup()).isEqualTo("thermolake-dev");
            assertThat(query.database()).isEqualTo("thermolake");
            assertThat(query.description()).isNotBlank();
        });
        String daily = new NamedQuery("daily").sql().strip();
        assertThat(athena.statements.values()).hasSameSizeAs(View.ALL).anySatisfy(statement -> {
            assertThat(statement.queryString()).isEqualTo("CREATE OR REPLACE VIEW report_daily AS\n" + daily);
            assertThat(statement.workGroup()).isEqualTo("thermolake-dev");
            assertThat(statement.queryExecutionContext().database()).isEqualTo("thermolake");
        });
    }

    @Test
    void doneAgainItChangesWhatIsThere() {
        handle("Create", null);
        athena.queries.replaceAll(
                (id, q) -> q.toBuilder().queryString("SELECT 1").build());

        CustomResourceAnswer answer = handle("Update", "thermolake-dev/thermolake");

        assertThat(answer.physicalResourceId()).isEqualTo("thermolake-dev/thermolake");
        assertThat(athena.queries.values())
                .hasSameSizeAs(NamedQuery.ALL)
                .noneSatisfy(q -> assertThat(q.queryString()).isEqualTo("SELECT 1"));
    }

    @Test
    void deletedAreOursAndNothingElse() {
        handle("Create", null);
        athena.createNamedQuery(b -> b.name("mine")
                .workGroup("thermolake-dev")
                .database("thermolake")
                .queryString("SELECT 1"));
        glue.views.addAll(List.of("report_daily", "report_alarms", "temperatures"));

        CustomResourceAnswer answer = handle("Delete", "thermolake-dev/thermolake");

        assertThat(answer.status()).as(answer.reason()).isEqualTo("SUCCESS");
        assertThat(athena.queries.values()).extracting(q -> q.name()).containsExactly("mine");
        assertThat(glue.views).as("views that are missing are no error").containsExactly("temperatures");
    }

    @Test
    void aViewThatAthenaRefusesFailsTheDeploymentByName() {
        athena.refused.put("report_hourly", "line 7:3: Column 'temperatur' cannot be resolved");

        CustomResourceAnswer answer = handle("Create", null);

        assertThat(answer.status()).isEqualTo("FAILED");
        assertThat(answer.reason())
                .contains("Athena did not make the view report_hourly")
                .contains("Column 'temperatur' cannot be resolved");
    }

    @Test
    void aStatementThatNeverEndsIsGivenUp() {
        athena.refused.put("report_rooms", null);

        CustomResourceAnswer answer = handle("Create", null);

        assertThat(answer.status()).isEqualTo("FAILED");
        assertThat(answer.reason()).contains("had not made the views [report_rooms] after 240 looks");
    }

    private CustomResourceAnswer handle(String request, @Nullable String physicalId) {
        DeployAssetsHandler handler =
                new DeployAssetsHandler(new FakeS3(), glue, athena, () -> {}, path -> new byte[0], (url, json) -> {});
        return handler.handleRequest(
                ResourceRequests.event(request, "Custom::AthenaQueries", physicalId, PROPERTIES), new FakeContext());
    }
}
