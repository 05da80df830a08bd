package io.thermolake.local.athena.trino;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBFunctions.FunctionException;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/**
 * A function of Trino's in Java, for DuckDB to call: null for a null argument, as nearly all of Trino's are.
 *
 * @param arguments and the result: s a text, l a long, d a double, b a boolean
 */
record JavaFunction(String name, String arguments, char result, Body body) {
    /** Computes one row. */
    @FunctionalInterface
    interface Body {
        /** @throws RuntimeException with the text that the query fails with; {@code TRY} makes null of it */
        @Nullable
        Object apply(Object[] arguments);
    }

    /** @param signature such as {@code "sl>s"} */
    static JavaFunction of(String name, String signature, Body body) {
        return new JavaFunction(
                name, signature.substring(0, signature.indexOf('>')), signature.charAt(signature.length() - 1), body);
    }

    void register(Connection connection, SqlRefusals refusals) throws SQLException {
        List<DuckDBColumnType> types =
                arguments.chars().mapToObj(c -> type((char) c)).toList();
        DuckDBFunctions.scalarFunction()
                .withName(name)
                .withParameters(types.toArray(new DuckDBColumnType[0]))
                .withReturnType(type(result))
                .withVectorizedFunction((in, out) -> rows(in, out, refusals))
                .register(connection);
    }

    private void rows(DuckDBDataChunkReader in, DuckDBWritableVector out, SqlRefusals refusals) {
        int columns = arguments.length();
        DuckDBReadableVector[] vectors =
                IntStream.range(0, columns).mapToObj(in::vector).toArray(DuckDBReadableVector[]::new);
        Object[] values = new Object[columns];
        for (long row = 0; row < in.rowCount(); row++) {
            Object value = read(vectors, values, row) ? apply(values, refusals) : null;
            if (value == null) {
                out.setNull(row);
            } else {
                write(out, row, value);
            }
        }
    }

    private boolean read(DuckDBReadableVector[] vectors, Object[] values, long row) {
        for (int i = 0; i < vectors.length; i++) {
            if (vectors[i].isNull(row)) {
                return false;
            }
            values[i] = switch (arguments.charAt(i)) {
                case 's' -> vectors[i].getString(row);
                case 'l' -> vectors[i].getLong(row);
                case 'd' -> vectors[i].getDouble(row);
                default -> vectors[i].getBoolean(row);
            };
        }
        return true;
    }

    private @Nullable Object apply(Object[] values, SqlRefusals refusals) {
        try {
            return body.apply(values);
        } catch (RuntimeException e) {
            refusals.note(String.valueOf(e.getMessage()));
            throw new FunctionException(String.valueOf(e.getMessage()));
        } catch (StackOverflowError | OutOfMemoryError e) {
            String text = "The laptop's Athena cannot compute " + name.replaceFirst("th_", "")
                    + " of such long texts; on AWS it may run";
            refusals.note(text);
            throw new FunctionException(text);
        }
    }

    private void write(DuckDBWritableVector out, long row, Object value) {
        switch (result) {
            case 's' -> out.setString(row, (String) value);
            case 'l' -> out.setLong(row, (Long) value);
            case 'd' -> out.setDouble(row, (Double) value);
            default -> out.setBoolean(row, (Boolean) value);
        }
    }

    private static DuckDBColumnType type(char code) {
        return switch (code) {
            case 's' -> DuckDBColumnType.VARCHAR;
            case 'l' -> DuckDBColumnType.BIGINT;
            case 'd' -> DuckDBColumnType.DOUBLE;
            default -> DuckDBColumnType.BOOLEAN;
        };
    }
}
