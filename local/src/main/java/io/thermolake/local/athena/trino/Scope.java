package io.thermolake.local.athena.trino;

import io.thermolake.local.athena.trino.Type.Base;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.WindowSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns that an expression may name; a subquery sees those of the query round it as well. */
final class Scope {
    /**
     * A column.
     *
     * @param relation the parts of its table's name in lower case, or empty
     * @param name null when it has none
     */
    record Field(List<String> relation, @Nullable String name, Expr expr) {
        Field {
            relation = List.copyOf(relation);
        }

        boolean called(List<String> qualifier, String column) {
            return name != null && name.equalsIgnoreCase(column) && of(qualifier);
        }

        boolean of(List<String> qualifier) {
            int from = relation.size() - qualifier.size();
            return from >= 0 && relation.subList(from, relation.size()).equals(lower(qualifier));
        }
    }

    private final List<Field> fields;
    private final @Nullable Scope outer;
    private final Map<String, WindowSpecification> windows = new HashMap<>();

    Scope(List<Field> fields, @Nullable Scope outer) {
        this.fields = List.copyOf(fields);
        this.outer = outer;
    }

    /** A window that the query names. */
    void name(String window, WindowSpecification specification) {
        windows.put(window.toLowerCase(Locale.ROOT), specification);
    }

    @Nullable
    WindowSpecification window(String name) {
        WindowSpecification here = windows.get(name.toLowerCase(Locale.ROOT));
        return here == null && outer != null ? outer.window(name) : here;
    }

    static List<String> lower(List<String> parts) {
        return parts.stream().map(p -> p.toLowerCase(Locale.ROOT)).toList();
    }

    /** Whether a column is of this query itself, not of one round it. */
    boolean owns(String sql) {
        return fields.stream().anyMatch(f -> f.expr().sql().equals(sql));
    }

    @Nullable
    Scope outer() {
        return outer;
    }

    List<Field> fields() {
        return fields;
    }

    /** The column of a name, or null when there is none. */
    @Nullable
    Expr find(Node node, List<String> name) {
        List<Field> found = new ArrayList<>();
        for (Field field : fields) {
            if (field.called(name.subList(0, name.size() - 1), name.get(name.size() - 1))) {
                found.add(field);
            }
        }
        if (found.size() > 1) {
            throw Refused.at(node, "AMBIGUOUS_NAME", "Column '" + String.join(".", name) + "' is ambiguous");
        }
        if (found.isEmpty()) {
            return outer == null ? null : outer.find(node, name);
        }
        return readable(node, found.get(0));
    }

    static Expr readable(Node node, Field field) {
        Type type = field.expr().type();
        if (type.is(Base.UNREADABLE)) {
            throw Refused.unknown(node, "the type " + type.names() + " of the column " + field.name());
        }
        return field.expr();
    }
}
