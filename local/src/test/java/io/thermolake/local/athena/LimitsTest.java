package io.thermolake.local.athena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.athena.model.GetQueryResultsResponse;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.Row;

@Timeout(120)
class LimitsTest {
    private static final String NUMBERS = "(SELECT n FROM UNNEST(sequence(1, 10000)) AS t(n))";

    @TempDir
    Path folder;

    private final List<RawZone> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(RawZone::close);
    }

    private RawZone zone(long memory, long disk, long result, Duration time) {
        RawZone zone = new RawZone(folder, new Limits(memory, disk, result, time));
        open.add(zone);
        return zone;
    }

    @Test
    void aQueryThatTakesTooLongFailsWithASentenceAndTheNextOneRuns() {
        RawZone zone = zone(256, 256, 64, Duration.ofMillis(700));
        for (int i = 0; i < 3; i++) {
            assertThat(zone.refusal("SELECT count(*) FROM " + NUMBERS + " a CROSS JOIN " + NUMBERS + " b CROSS JOIN "
                            + NUMBERS + " c WHERE a.n + b.n + c.n = 7"))
                    .startsWith("Query timeout")
                    .contains("PT0.7S", "thermolake.query.time");
        }
        assertThat(zone.rows("SELECT 1")).containsExactly("1");
    }

    @Test
    void aQueryThatNeedsMoreMemoryAndDiskFailsAndLeavesNothing() throws IOException {
        RawZone zone = zone(100, 20, 64, Duration.ofMinutes(1));
        assertThat(zone.refusal("SELECT count(*) FROM (SELECT DISTINCT a.n, b.n, CAST(a.n * b.n AS varchar) FROM "
                        + NUMBERS + " a CROSS JOIN " + NUMBERS + " b)"))
                .contains("Out of Memory", "raise thermolake.query.memory or thermolake.query.disk");
        try (var left = Files.list(folder.resolve("state/athena-spill"))) {
            assertThat(left).isEmpty();
        }
        assertThat(zone.rows("SELECT 1")).containsExactly("1");
    }

    @Test
    void whatAKilledProcessSpilledIsGoneAtTheNextStart() throws IOException {
        Path left = folder.resolve("state/athena-spill/q/duckdb_temp_storage-0.tmp");
        Files.createDirectories(left.getParent());
        Files.writeString(left, "x");
        zone(256, 256, 64, Duration.ofMinutes(1));
        assertThat(folder.resolve("state/athena-spill")).isEmptyDirectory();
    }

    @Test
    void aResultThatIsTooLargeIsRefusedAndLeavesNoFile() throws IOException {
        RawZone zone = zone(512, 512, 1, Duration.ofMinutes(1));
        assertThat(zone.refusal("SELECT a.n, b.n FROM " + NUMBERS + " a CROSS JOIN " + NUMBERS + " b WHERE b.n < 100"))
                .contains("1 MB at most", "thermolake.query.result");
        try (var results = Files.walk(folder.resolve("s3"))) {
            assertThat(results.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void aStoppedQueryIsInterruptedAndStaysCancelled() {
        RawZone zone = zone(256, 256, 64, Duration.ofMinutes(2));
        String sql = "SELECT count(*) FROM " + NUMBERS + " a CROSS JOIN " + NUMBERS + " b CROSS JOIN " + NUMBERS
                + " c WHERE a.n + b.n + c.n = 7";
        List<String> ids = new ArrayList<>();
        // Two run, two wait.
        for (int i = 0; i < 4; i++) {
            ids.add(zone.athena
                    .startQueryExecution(b -> b.queryString(sql)
                            .workGroup("thermolake")
                            .queryExecutionContext(c -> c.database("thermolake")))
                    .queryExecutionId());
        }
        for (String id : ids) {
            zone.athena.stopQueryExecution(b -> b.queryExecutionId(id));
        }
        assertThat(zone.rows("SELECT 1")).as("both threads are free again").containsExactly("1");
        assertThat(zone.rows("SELECT 2")).containsExactly("2");
        for (String id : ids) {
            assertThat(state(zone, id)).isEqualTo("CANCELLED");
        }
    }

    private static String state(RawZone zone, String id) {
        LockSupport.parkNanos(1);
        return zone.athena
                .getQueryExecution(b -> b.queryExecutionId(id))
                .queryExecution()
                .status()
                .stateAsString();
    }

    @ParameterizedTest
    @CsvSource({"100, SUCCEEDED", "10000, FAILED", "60000, FAILED"})
    void deepNestingIsAnsweredOrRefused(int depth, String state) {
        RawZone zone = zone(256, 256, 64, Duration.ofSeconds(60));
        for (String sql : List.of(
                "SELECT " + "(".repeat(depth) + "1" + ")".repeat(depth),
                "SELECT " + "abs(".repeat(depth) + "1" + ")".repeat(depth),
                "SELECT " + "ARRAY[".repeat(depth) + "1" + "]".repeat(depth),
                "SELECT " + "NOT ".repeat(depth) + "true",
                "SELECT * FROM " + "(SELECT * FROM ".repeat(depth) + "(SELECT 1 x)" + ")".repeat(depth))) {
            if (sql.length() <= Limits.QUERY_BYTES) {
                var status = zone.run(sql).status();
                assertThat(status.stateAsString()).as("%.30s", sql).isEqualTo(state);
                if (depth > 100) {
                    assertThat(status.stateChangeReason()).contains("nested so deeply");
                }
            }
        }
        assertThat(zone.rows("SELECT '" + "(".repeat(depth) + "' = '' -- " + "(".repeat(depth)))
                .containsExactly("false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "SELECT regexp_like(rpad('', 5000, 'a') || '!', '^(a+)+$') ~ gives up",
                "SELECT regexp_like(rpad('', 5000, 'x'), '(x+x+)+y') ~ gives up",
                "SELECT rpad('x', 1000000000, 'y') ~ characters",
                "SELECT lpad('x', 1000000000, 'y') ~ characters",
                "SELECT sequence(1, 1000000000) ~ 10000 entries",
                "SELECT repeat('x', 1000000000) ~ repeat",
                "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t ~ WITH RECURSIVE",
            })
    void valuesAndPatternsThatExplodeAreRefusedByName(String sql, String said) {
        RawZone zone = zone(256, 256, 64, Duration.ofSeconds(30));
        assertThat(zone.refusal(sql)).contains(said).doesNotStartWith("Query timeout");
    }

    @Test
    void longTextsOfAnInnocentPatternAreMatched() {
        RawZone zone = zone(512, 256, 64, Duration.ofSeconds(60));
        assertThat(zone.rows("SELECT regexp_count(rpad('', 1000000, 'ab '), '[a-z]+'),"
                        + " regexp_like(rpad('', 3000, 'x'), 'x*y'), regexp_replace(rpad('', 9, 'ab '), 'a', 'c')"))
                .containsExactly("333334 false cb cb cb ");
    }

    @Test
    void pagesOfAResultAreReadOneByOneWhateverStandsInThem() {
        RawZone zone = zone(512, 512, 64, Duration.ofMinutes(1));
        String sql = "SELECT n, CASE WHEN n % 3 = 0 THEN NULL ELSE 'a\"ü\n,' || CAST(n AS varchar) END v FROM "
                + NUMBERS + " ORDER BY n LIMIT 2500";
        String id = zone.run(sql).queryExecutionId();
        List<String> seen = new ArrayList<>();
        String token = null;
        int pages = 0;
        do {
            String now = token;
            GetQueryResultsResponse page = zone.athena.getQueryResults(
                    b -> b.queryExecutionId(id).maxResults(999).nextToken(now));
            for (Row row : page.resultSet().rows()) {
                seen.add(row.data().get(0).varCharValue() + "="
                        + row.data().get(1).varCharValue());
            }
            token = page.nextToken();
            pages++;
        } while (token != null);
        assertThat(pages).isEqualTo(3);
        assertThat(seen)
                .hasSize(2501)
                .startsWith("n=v", "1=a\"ü\n,1", "2=a\"ü\n,2", "3=null")
                .endsWith("2500=a\"ü\n,2500");
        assertThatThrownBy(() ->
                        zone.athena.getQueryResults(b -> b.queryExecutionId(id).nextToken("x")))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void theLimitsAreSettableAndAWrongOneIsNamed() {
        Properties properties = new Properties();
        assertThat(Limits.of(properties).time()).isEqualTo(Duration.ofMinutes(10));
        assertThat(Limits.of(properties).memoryMegabytes()).isBetween(512L, 4096L);
        properties.setProperty("thermolake.query.time", "PT30M");
        properties.setProperty("thermolake.query.memory", "1000");
        assertThat(Limits.of(properties).time()).isEqualTo(Duration.ofMinutes(30));
        assertThat(Limits.of(properties).memoryMegabytes()).isEqualTo(1000);
        properties.setProperty("thermolake.query.memory", "much");
        assertThatThrownBy(() -> Limits.of(properties)).hasMessageContaining("thermolake.query.memory is 'much'");
        properties.setProperty("thermolake.query.memory", "1");
        assertThatThrownBy(() -> Limits.of(properties)).hasMessageContaining("too small");
        properties.setProperty("thermolake.query.time", "ten");
        properties.remove("thermolake.query.memory");
        assertThatThrownBy(() -> Limits.of(properties)).hasMessageContaining("thermolake.query.time is 'ten'");
    }
}
