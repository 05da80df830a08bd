package io.thermolake.local.athena.trino;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value as Athena writes it into its result. */
final class ResultText {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final int LEAST_DIGITS = 3;
    private static final long DAY_MILLIS = 86_400_000;

    private ResultText() {}

    /** @param value as DuckDB's driver gives it */
    static @Nullable String of(@Nullable Object value, Type type) throws SQLException {
        if (value == null) {
            return null;
        }
        return switch (type.base()) {
            case TIMESTAMP -> time(local(value), Math.max(LEAST_DIGITS, type.precision()), "");
            case ZONED -> zoned((OffsetDateTime) value, type);
            case DAY_TIME -> dayTime(((Number) value).longValue());
            case YEAR_MONTH -> yearMonth(((Number) value).longValue());
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            case VARBINARY -> bytes(value);
            case ARRAY -> array(value, type);
            case MAP -> map((Map<?, ?>) value, type);
            case ROW -> row((Struct) value, type);
            default -> value.toString();
        };
    }

    private static LocalDateTime local(Object value) {
        return value instanceof Timestamp timestamp ? timestamp.toLocalDateTime() : (LocalDateTime) value;
    }

    /** @param separator and what stands after the time */
    static String time(LocalDateTime time, int digits, String after) {
        String text = time.format(SECONDS);
        if (digits > 0) {
            text += "." + String.format(Locale.ROOT, "%09d", time.getNano()).substring(0, digits);
        }
        return text + after;
    }

    private static String zoned(OffsetDateTime value, Type type) {
        String zone = String.valueOf(type.zone());
        return time(
                value.atZoneSameInstant(TimeFunctions.zone(zone)).toLocalDateTime(),
                Math.max(LEAST_DIGITS, type.precision()),
                " " + zone);
    }

    static String dayTime(long millis) {
        long rest = Math.abs(millis);
        return String.format(
                Locale.ROOT,
                "%s%d %02d:%02d:%02d.%03d",
                millis < 0 ? "-" : "",
                rest / DAY_MILLIS,
                rest / 3_600_000 % 24,
                rest / 60_000 % 60,
                rest / 1000 % 60,
                rest % 1000);
    }

    private static String yearMonth(long months) {
        return (months < 0 ? "-" : "") + Math.abs(months) / 12 + "-" + Math.abs(months) % 12;
    }

    private static String bytes(Object value) throws SQLException {
        byte[] bytes;
        if (value instanceof Blob blob) {
            bytes = blob.getBytes(1, (int) blob.length());
        } else {
            ByteBuffer buffer = (ByteBuffer) value;
            bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
        }
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }

    private static String array(Object value, Type type) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (Object element : (Object[]) ((Array) value).getArray()) {
            texts.add(String.valueOf(of(element, type.argument(0))));
        }
        return "[" + String.join(", ", texts) + "]";
    }

    private static String map(Map<?, ?> value, Type type) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (Map.Entry<?, ?> entry : value.entrySet()) {
            texts.add(of(entry.getKey(), type.argument(0)) + "=" + of(entry.getValue(), type.argument(1)));
        }
        return "{" + String.join(", ", texts) + "}";
    }

    private static String row(Struct value, Type type) throws SQLException {
        List<String> texts = new ArrayList<>();
        Object[] fields = value.getAttributes();
        for (int i = 0; i < fields.length; i++) {
            String name = type.names().get(i);
            texts.add((name.isEmpty() ? "field" + i : name) + "=" + of(fields[i], type.argument(i)));
        }
        return "{" + String.join(", ", texts) + "}";
    }
}
