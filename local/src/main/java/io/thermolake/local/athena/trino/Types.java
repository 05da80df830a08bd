package io.thermolake.local.athena.trino;

import static io.thermolake.local.athena.trino.Type.MOST_DIGITS;
import static io.thermolake.local.athena.trino.Type.UNBOUNDED;

import io.thermolake.local.athena.trino.Type.Base;
import io.trino.sql.tree.DataType;
import io.trino.sql.tree.DataTypeParameter;
import io.trino.sql.tree.DateTimeDataType;
import io.trino.sql.tree.GenericDataType;
import io.trino.sql.tree.IntervalDayTimeDataType;
import io.trino.sql.tree.NumericParameter;
import io.trino.sql.tree.RowDataType;
import io.trino.sql.tree.TypeParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which types there are, by Trino's names and by Hive's, and which type two of them have in common. */
final class Types {
    private static final Pattern HIVE = Pattern.compile("(decimal|varchar)(?:\\((\\d+)(?:,\\s*(\\d+))?\\))?");
    private static final int MICROSECONDS = 6;

    private Types() {}

    static Type parse(DataType type) {
        if (type instanceof GenericDataType generic) {
            return generic(generic);
        }
        if (type instanceof DateTimeDataType time && time.getType() == DateTimeDataType.Type.TIMESTAMP) {
            int precision = time.getPrecision().map(p -> number(type, p)).orElse(3);
            if (precision > MICROSECONDS) {
                throw Refused.unknown(type, "the type " + type + ", more than microseconds");
            }
            return time.isWithTimeZone() ? Type.zoned(precision, null) : Type.timestamp(precision);
        }
        if (type instanceof RowDataType row) {
            List<Type> fields = new ArrayList<>();
            List<String> names = new ArrayList<>();
            row.getFields().forEach(f -> {
                fields.add(parse(f.getType()));
                names.add(f.getName().map(n -> n.getValue()).orElse(""));
            });
            return Type.row(fields, names);
        }
        if (type instanceof IntervalDayTimeDataType interval) {
            return interval.getFrom() == IntervalDayTimeDataType.Field.YEAR ? Type.YEAR_MONTH : Type.DAY_TIME;
        }
        throw Refused.unknown(type, "the type " + type);
    }

    private static Type generic(GenericDataType type) {
        String name = type.getName().getValue().toLowerCase(Locale.ROOT);
        List<DataTypeParameter> arguments = type.getArguments();
        int count = arguments.size();
        switch (name) {
            case "boolean", "tinyint", "smallint", "integer", "bigint", "real", "double", "varbinary", "date", "json":
                if (count == 0) {
                    return Type.of(Base.valueOf(name.toUpperCase(Locale.ROOT)));
                }
                break;
            case "int":
                return Type.INTEGER;
            case "varchar":
                return count == 0 ? Type.VARCHAR : Type.varchar(number(type, arguments.get(0)));
            case "decimal":
                return decimal(
                        type,
                        count == 0 ? MOST_DIGITS : number(type, arguments.get(0)),
                        count < 2 ? 0 : number(type, arguments.get(1)));
            case "array":
                return Type.array(nested(type, arguments, 0));
            case "map":
                return Type.map(nested(type, arguments, 0), nested(type, arguments, 1));
            default:
                break;
        }
        throw Refused.unknown(type, "the type " + type);
    }

    private static Type decimal(DataType type, int precision, int scale) {
        if (precision < 1 || precision > MOST_DIGITS || scale > precision) {
            throw Refused.types(type, "DECIMAL precision must be in range [1, 38], and the scale no more than it");
        }
        return Type.decimal(precision, scale);
    }

    private static Type nested(DataType type, List<DataTypeParameter> arguments, int at) {
        if (at < arguments.size() && arguments.get(at) instanceof TypeParameter parameter) {
            return parse(parameter.getValue());
        }
        throw Refused.unknown(type, "the type " + type);
    }

    private static int number(DataType type, DataTypeParameter parameter) {
        if (parameter instanceof NumericParameter number && number.getValue().matches("\\d{1,9}")) {
            return Integer.parseInt(number.getValue());
        }
        throw Refused.unknown(type, "the type " + type);
    }

    /** A column's type by Hive's name of it. */
    static Type ofHive(@Nullable String hive) {
        String name = hive == null ? "" : hive.strip().toLowerCase(Locale.ROOT);
        switch (name) {
            case "string":
                return Type.VARCHAR;
            case "int":
                return Type.INTEGER;
            case "float":
                return Type.REAL;
            case "timestamp":
                return Type.TIMESTAMP;
            case "boolean", "tinyint", "smallint", "integer", "bigint", "double", "date":
                return Type.of(Base.valueOf(name.toUpperCase(Locale.ROOT)));
            default:
                break;
        }
        Matcher parametric = HIVE.matcher(name);
        if (!parametric.matches()) {
            return new Type(Base.UNREADABLE, 0, 0, List.of(), List.of(name), null);
        }
        int first = parametric.group(2) == null ? UNBOUNDED : Integer.parseInt(parametric.group(2));
        if (parametric.group(1).equals("varchar")) {
            return Type.varchar(first);
        }
        return Type.decimal(
                first == UNBOUNDED ? 10 : first,
                parametric.group(3) == null ? 0 : Integer.parseInt(parametric.group(3)));
    }

    /** The type to which both are widened without a cast, or null where Trino has none. */
    static @Nullable Type common(Type a, Type b) {
        if (a.equals(b)) {
            return a;
        }
        if (a.is(Base.UNKNOWN)) {
            return b;
        }
        if (b.is(Base.UNKNOWN)) {
            return a;
        }
        if (a.number() && b.number()) {
            return numbers(a, b);
        }
        if (a.base() != b.base()) {
            return times(a, b);
        }
        return switch (a.base()) {
            case VARCHAR ->
                a.precision() == UNBOUNDED || b.precision() == UNBOUNDED
                        ? Type.VARCHAR
                        : Type.varchar(Math.max(a.precision(), b.precision()));
            case TIMESTAMP, ZONED -> times(a, b);
            case ARRAY, MAP, ROW -> nested(a, b);
            default -> a;
        };
    }

    private static Type numbers(Type a, Type b) {
        if (a.floating() || b.floating() || (a.whole() && b.whole())) {
            return Type.of(a.base().compareTo(b.base()) > 0 ? a.base() : b.base());
        }
        Type x = a.asDecimal();
        Type y = b.asDecimal();
        int scale = Math.max(x.scale(), y.scale());
        int digits = Math.max(x.precision() - x.scale(), y.precision() - y.scale());
        return Type.decimal(Math.min(MOST_DIGITS, scale + digits), scale);
    }

    private static @Nullable Type times(Type a, Type b) {
        if (!time(a) || !time(b)) {
            return null;
        }
        int precision = Math.max(a.precision(), b.precision());
        if (!a.is(Base.ZONED) && !b.is(Base.ZONED)) {
            return Type.timestamp(precision);
        }
        // What has no zone of its own gets the session's.
        String x = a.is(Base.ZONED) ? a.zone() : Zones.SESSION;
        String y = b.is(Base.ZONED) ? b.zone() : Zones.SESSION;
        return Type.zoned(precision, x != null && x.equals(y) ? x : null);
    }

    private static boolean time(Type type) {
        return type.is(Base.DATE) || type.is(Base.TIMESTAMP) || type.is(Base.ZONED);
    }

    private static @Nullable Type nested(Type a, Type b) {
        if (a.arguments().size() != b.arguments().size()) {
            return null;
        }
        List<Type> arguments = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < a.arguments().size(); i++) {
            Type both = common(a.argument(i), b.argument(i));
            if (both == null) {
                return null;
            }
            arguments.add(both);
            if (a.is(Base.ROW)) {
                names.add(a.names().get(i).equals(b.names().get(i)) ? a.names().get(i) : "");
            }
        }
        return new Type(a.base(), 0, 0, arguments, names, null);
    }

    /** Whether a value is widened to the type without a cast. */
    static boolean widens(Type from, Type to) {
        Type common = common(from, to);
        return common != null && common.duck().equals(to.duck()) && (!to.is(Base.VARCHAR) || common.equals(to));
    }
}
