package io.thermolake.local.athena.trino;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A type of Trino's.
 *
 * @param precision of a decimal or a time; the length of a varchar, {@value #UNBOUNDED} for none
 * @param scale of a decimal
 * @param arguments the element, the key and the value, or the fields
 * @param names of a row's fields, empty where a field has none
 * @param zone of every value of a timestamp with time zone, or null when they may have different ones: DuckDB keeps the
 *     instant alone
 */
record Type(
        Base base,
        int precision,
        int scale,
        List<Type> arguments,
        List<String> names,
        @Nullable String zone) {
    static final int UNBOUNDED = -1;
    static final int MOST_DIGITS = 38;

    /** In the order in which Trino widens numbers. */
    enum Base {
        UNKNOWN,
        BOOLEAN,
        TINYINT,
        SMALLINT,
        INTEGER,
        BIGINT,
        DECIMAL,
        REAL,
        DOUBLE,
        VARCHAR,
        VARBINARY,
        DATE,
        TIMESTAMP,
        ZONED,
        DAY_TIME,
        YEAR_MONTH,
        JSON,
        ARRAY,
        MAP,
        ROW,
        /** A column whose Hive type the laptop cannot read: it may be there, and not be used. */
        UNREADABLE
    }

    static final Type UNKNOWN = of(Base.UNKNOWN);
    static final Type BOOLEAN = of(Base.BOOLEAN);
    static final Type INTEGER = of(Base.INTEGER);
    static final Type BIGINT = of(Base.BIGINT);
    static final Type REAL = of(Base.REAL);
    static final Type DOUBLE = of(Base.DOUBLE);
    static final Type VARCHAR = varchar(UNBOUNDED);
    static final Type VARBINARY = of(Base.VARBINARY);
    static final Type DATE = of(Base.DATE);
    static final Type TIMESTAMP = timestamp(3);
    static final Type DAY_TIME = of(Base.DAY_TIME);
    static final Type YEAR_MONTH = of(Base.YEAR_MONTH);
    static final Type JSON = of(Base.JSON);

    Type {
        arguments = List.copyOf(arguments);
        names = List.copyOf(names);
    }

    static Type of(Base base) {
        return new Type(base, 0, 0, List.of(), List.of(), null);
    }

    static Type varchar(int length) {
        return new Type(Base.VARCHAR, length, 0, List.of(), List.of(), null);
    }

    static Type decimal(int precision, int scale) {
        return new Type(Base.DECIMAL, precision, scale, List.of(), List.of(), null);
    }

    static Type timestamp(int precision) {
        return new Type(Base.TIMESTAMP, precision, 0, List.of(), List.of(), null);
    }

    static Type zoned(int precision, @Nullable String zone) {
        return new Type(Base.ZONED, precision, 0, List.of(), List.of(), zone);
    }

    static Type array(Type element) {
        return new Type(Base.ARRAY, 0, 0, List.of(element), List.of(), null);
    }

    static Type map(Type key, Type value) {
        return new Type(Base.MAP, 0, 0, List.of(key, value), List.of(), null);
    }

    static Type row(List<Type> fields, List<String> names) {
        return new Type(Base.ROW, 0, 0, fields, names, null);
    }

    boolean is(Base other) {
        return base == other;
    }

    Type argument(int at) {
        return arguments.get(at);
    }

    boolean whole() {
        return base.compareTo(Base.TINYINT) >= 0 && base.compareTo(Base.BIGINT) <= 0;
    }

    boolean floating() {
        return base == Base.REAL || base == Base.DOUBLE;
    }

    boolean number() {
        return base.compareTo(Base.TINYINT) >= 0 && base.compareTo(Base.DOUBLE) <= 0;
    }

    /** Whether values can be compared and sorted in DuckDB as in Trino. */
    boolean ordered() {
        return base.compareTo(Base.BOOLEAN) >= 0 && base.compareTo(Base.YEAR_MONTH) <= 0;
    }

    /** Whether some value in it, at any depth, is of the base. */
    boolean has(Base other) {
        return base == other || arguments.stream().anyMatch(t -> t.has(other));
    }

    /** A whole number as the decimal that holds all of its values. */
    Type asDecimal() {
        return switch (base) {
            case TINYINT -> decimal(3, 0);
            case SMALLINT -> decimal(5, 0);
            case INTEGER -> decimal(10, 0);
            case BIGINT -> decimal(19, 0);
            default -> this;
        };
    }

    /** As {@code typeof} says it. */
    String trino() {
        return switch (base) {
            case DECIMAL -> "decimal(" + precision + "," + scale + ")";
            case VARCHAR -> precision == UNBOUNDED ? "varchar" : "varchar(" + precision + ")";
            case TIMESTAMP -> "timestamp(" + precision + ")";
            case ZONED -> "timestamp(" + precision + ") with time zone";
            case DAY_TIME -> "interval day to second";
            case YEAR_MONTH -> "interval year to month";
            case ARRAY -> "array(" + argument(0).trino() + ")";
            case MAP -> "map(" + argument(0).trino() + ", " + argument(1).trino() + ")";
            case ROW ->
                IntStream.range(0, arguments.size())
                        .mapToObj(i -> names.get(i).isEmpty()
                                ? argument(i).trino()
                                : names.get(i) + " " + argument(i).trino())
                        .collect(Collectors.joining(", ", "row(", ")"));
            default -> base.name().toLowerCase(Locale.ROOT);
        };
    }

    /** As the metadata of a result says it, with a decimal's digits. */
    String athena() {
        return switch (base) {
            case DECIMAL -> trino();
            case REAL -> "float";
            case ZONED -> "timestamp with time zone";
            case DAY_TIME, YEAR_MONTH -> trino();
            default -> base.name().toLowerCase(Locale.ROOT);
        };
    }

    /** The type that DuckDB keeps the values in. */
    String duck() {
        return switch (base) {
            case UNKNOWN -> "INTEGER";
            case REAL -> "FLOAT";
            case DECIMAL -> "DECIMAL(" + precision + "," + scale + ")";
            case VARBINARY -> "BLOB";
            case ZONED -> "TIMESTAMPTZ";
            case DAY_TIME -> "BIGINT";
            case YEAR_MONTH -> "INTEGER";
            case JSON, UNREADABLE -> "VARCHAR";
            case ARRAY -> argument(0).duck() + "[]";
            case MAP -> "MAP(" + argument(0).duck() + ", " + argument(1).duck() + ")";
            case ROW -> {
                List<String> fields = new ArrayList<>();
                for (int i = 0; i < arguments.size(); i++) {
                    fields.add("f" + i + " " + argument(i).duck());
                }
                yield "STRUCT(" + String.join(", ", fields) + ")";
            }
            default -> base.name();
        };
    }
}
