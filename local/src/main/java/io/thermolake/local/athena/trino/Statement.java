package io.thermolake.local.athena.trino;

import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Node;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What belongs to one statement: its parameters, its time, its tables, and names that nothing else has. */
final class Statement {
    private final Tables tables;
    private final String database;
    private final List<Expression> parameters;
    private final Instant now;
    private final Set<String> read = new TreeSet<>();
    private int count;

    Statement(Tables tables, String database, List<Expression> parameters, Instant now) {
        this.tables = tables;
        this.database = database;
        this.parameters = List.copyOf(parameters);
        this.now = now;
    }

    Tables tables() {
        return tables;
    }

    String database() {
        return database;
    }

    Instant now() {
        return now;
    }

    Set<String> read() {
        return read;
    }

    String unique(String prefix) {
        return prefix + count++;
    }

    Expression parameter(Node node, int at) {
        if (at >= parameters.size()) {
            throw Refused.at(
                    node,
                    "INVALID_PARAMETER_USAGE",
                    "Incorrect number of parameters: expected " + (at + 1) + " or more but found " + parameters.size());
        }
        return parameters.get(at);
    }
}
