package io.thermolake.local.athena.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.report.View;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.CreateView;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrinoSqlTest {
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
        assertThatThrownBy(() -> translated(sql)).isInstanceOf(Refused.class);
    }

    @Test
    void everyQueryAndViewOfOursIsAthenasSql() {
        for (View view : View.ALL) {
            assertThat(new SqlParser().createStatement(view.statement()))
                    .as(view.file())
                    .isInstanceOf(CreateView.class);
            assertThat(translated(view.query()).tables()).as(view.file()).containsAnyOf("temperatures", "alarms");
        }
    }

    @Test
    void theTablesAreThoseThatAreRead() {
        assertThat(translated("WITH a AS (SELECT 1 FROM thermolake.rooms) SELECT * FROM a JOIN \"scores\" ON true")
                        .tables())
                .contains("rooms", "scores");
    }

    @Test
    void aViewIsReadInThePlaceOfItsName() {
        Tables tables = (database, table) -> table.equals("warm")
                ? Optional.of(new Tables.Shape(List.of(), "SELECT room, max(t) AS most FROM rooms GROUP BY room"))
                : Optional.of(new Tables.Shape(
                        List.of(new Tables.Column("room", "string"), new Tables.Column("t", "double")), null));
        Translated translated =
                TrinoSql.forDuckDb("SELECT * FROM warm WHERE most > 2", List.of(), "db", tables, Asked.NOW);

        assertThat(translated.tables()).containsExactly("rooms");
        assertThat(translated.columns()).extracting(Translated.Column::name).containsExactly("room", "most");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {"'lab', true", "'it''s', false", "'lab'' OR 1=1', false"})
    void aTextAsAParameterIsALiteral(String parameter, boolean found) throws SQLException {
        try (Asked asked = new Asked()) {
            assertThat(asked.rows("SELECT 'lab' = ?", parameter)).containsExactly(List.of(String.valueOf(found)));
        }
    }

    @Test
    void aNumberAsAParameterHasItsType() throws SQLException {
        try (Asked asked = new Asked()) {
            assertThat(asked.rows("SELECT typeof(?), typeof(?) LIMIT ?", "-7", "1.50", "1"))
                    .containsExactly(List.of("integer", "decimal(3,2)"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab", "1 + 1", "(SELECT 1)", "'a"})
    void whatIsNoLiteralIsNoParameter(String parameter) {
        assertThatThrownBy(() -> TrinoSql.forDuckDb("SELECT ?", List.of(parameter), "db", Asked.NONE, Asked.NOW))
                .hasMessageContaining("is no literal");
    }

    @ParameterizedTest
    @CsvSource({"SELECT ?, 0", "SELECT 1, 1", "SELECT 1 FROM (VALUES ?) t(x) LIMIT ?, 1"})
    void thereAreAsManyParametersAsQuestionMarks(String sql, int count) {
        List<String> parameters = Collections.nCopies(count, "1");
        assertThatThrownBy(() -> TrinoSql.forDuckDb(sql, parameters, "db", Asked.NONE, Asked.NOW))
                .hasMessageContaining("Incorrect number of parameters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT list FROM odd", "SELECT * FROM odd"})
    void aColumnThatCannotBeReadRightlyIsRefused(String sql) {
        assertThatThrownBy(() -> TrinoSql.forDuckDb(sql, List.of(), "db", ODD, Asked.NOW))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("array<string>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT plain FROM odd", "SELECT count(*) FROM odd"})
    void itIsNotInTheWayOfOthers(String sql) {
        assertThat(TrinoSql.forDuckDb(sql, List.of(), "db", ODD, Asked.NOW).tables())
                .containsExactly("odd");
    }

    private static final Tables ODD = (database, table) -> Optional.of(new Tables.Shape(
            List.of(new Tables.Column("plain", "string"), new Tables.Column("list", "array<string>")), null));

    /** Every table has the columns that the queries of ours name. */
    private static Translated translated(String sql) {
        List<Tables.Column> columns = Stream.of(
                        "timestamp:timestamp",
                        "temperature:double",
                        "room_id:string",
                        "date:string",
                        "start:string",
                        "end:string",
                        "worst:double",
                        "score:double",
                        "readings:bigint",
                        "kind:string",
                        "model:string")
                .map(c -> new Tables.Column(c.substring(0, c.indexOf(':')), c.substring(c.indexOf(':') + 1)))
                .toList();
        Tables tables = (database, table) -> Optional.of(new Tables.Shape(columns, null));
        return TrinoSql.forDuckDb(sql, List.of(), "thermolake", tables, Asked.NOW);
    }
}
