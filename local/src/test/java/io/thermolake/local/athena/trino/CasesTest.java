package io.thermolake.local.athena.trino;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every family of Trino's functions, operators, types and clauses: SQL, and the rows and types that Trino gives. */
class CasesTest {
    private static final String ROWS = " => ";
    private static final String FAILURE = " !! ";
    private static Asked asked;

    @BeforeAll
    static void open() throws SQLException {
        asked = new Asked();
    }

    @AfterAll
    static void close() throws SQLException {
        asked.close();
    }

    private static Stream<String> lines(String mark) throws IOException {
        try (InputStream in = Objects.requireNonNull(CasesTest.class.getResourceAsStream("cases.txt"))) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines().filter(l -> !l.startsWith("#") && l.contains(mark)).toList().stream();
        }
    }

    static Stream<String> answers() throws IOException {
        return lines(ROWS);
    }

    static Stream<String> failures() throws IOException {
        return lines(FAILURE);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void theAnswerIsTrinos(String line) throws SQLException {
        int at = line.lastIndexOf(ROWS);
        int types = line.lastIndexOf("]] : ") + 2;
        List<List<String>> rows = new Gson()
                .fromJson(line.substring(at + ROWS.length(), types), new TypeToken<List<List<String>>>() {}.getType());

        assertThat(asked.rows(line.substring(0, at))).isEqualTo(rows);
        assertThat(String.join(", ", asked.types())).isEqualTo(line.substring(types + 3));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatTrinoRefusesOrTheLaptopCannotDoFails(String line) {
        int at = line.indexOf(FAILURE);
        Throwable thrown = catchThrowable(() -> asked.rows(line.substring(0, at)));

        assertThat(thrown).as("the failure").isInstanceOf(Exception.class);
        assertThat(ShownFailure.text((Exception) thrown)).contains(line.substring(at + FAILURE.length()));
    }

    @Test
    void aFunctionThatDuckDbHasAndTheListHasNotIsRefused() throws SQLException {
        List<String> others = asked.functions().stream()
                .filter(f -> !Calls.names().contains(f))
                // The grammar makes an expression of its own of it, with cases above.
                .filter(f -> !f.equals("nullif"))
                .toList();

        assertThat(others).hasSizeGreaterThan(300);
        for (String function : others) {
            for (String arguments : List.of("", "1", "'a', 'b'")) {
                assertThatThrownBy(() -> TrinoSql.forDuckDb(
                                "SELECT \"" + function + "\"(" + arguments + ")",
                                List.of(),
                                "db",
                                Asked.NONE,
                                Asked.NOW))
                        .as(function)
                        .isInstanceOf(Refused.class);
            }
        }
    }
}
