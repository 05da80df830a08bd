package io.thermolake.local.athena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.report.View;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.CreateView;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrinoSqlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT 1 | SELECT 1",
                "SELECT 1; | SELECT 1",
                "SELECT approx_percentile(t, 0.5) FROM x | SELECT approx_quantile(t, 0.5) FROM x",
                "SELECT date_format(ts, '%Y-%m-%d %H:%i:%s') FROM x | SELECT strftime(ts, '%Y-%m-%d %H:%M:%S') FROM x",
                "SELECT 'approx_percentile' AS approx_percentile | SELECT 'approx_percentile' AS approx_percentile",
                "SELECT a, regexp_like(b, 'c') FROM x WHERE every(d) | SELECT a, regexp_matches(b, 'c') FROM x WHERE bool_and(d)",
            })
    void functionsAreRenamedWhereTheParserSeesThem(String trino, String duck) {
        assertThat(TrinoSql.forDuckDb(trino).sql()).isEqualTo(duck);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELEC 1",
                "SELECT TOP 5 * FROM t",
                "SELECT `a` FROM t",
                "SELECT 1::int",
                "FROM t",
                "SELECT 1; SELECT 2",
                "INSERT INTO t SELECT 1",
                "DROP TABLE t",
                "CREATE TABLE x AS SELECT 1 a",
                "MSCK REPAIR TABLE x"
            })
    void whatAthenaOrTheLaptopRefusesIsRefused(String sql) {
        assertThatThrownBy(() -> TrinoSql.forDuckDb(sql)).isInstanceOf(TrinoSql.Refused.class);
    }

    @Test
    void everyQueryAndViewOfOursIsAthenasSql() {
        for (View view : View.ALL) {
            assertThat(new SqlParser().createStatement(view.statement()))
                    .as(view.file())
                    .isInstanceOf(CreateView.class);
            assertThat(TrinoSql.forDuckDb(view.query()).tables())
                    .as(view.file())
                    .containsAnyOf("temperatures", "alarms");
        }
    }

    @Test
    void theTablesAreThoseThatAreRead() {
        assertThat(TrinoSql.forDuckDb(
                                "WITH a AS (SELECT 1 FROM thermolake.rooms) SELECT * FROM a JOIN \"scores\" ON true")
                        .tables())
                .contains("rooms", "scores");
    }

    @Test
    void aResultsNullsAndQuotesComeBack() {
        assertThat(ResultCsv.parse("\"a\",\"b\"\n,\"x \"\"y\"\", z\"\n\"\",\"1\"\n"))
                .isEqualTo(List.of(List.of("a", "b"), Arrays.asList(null, "x \"y\", z"), List.of("", "1")));
    }
}
