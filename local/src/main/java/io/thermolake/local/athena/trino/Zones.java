package io.thermolake.local.athena.trino;

import io.trino.sql.tree.Node;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Time zones by the names that Trino prints. */
final class Zones {
    /** Athena's sessions are in UTC. */
    static final String SESSION = "UTC";

    private Zones() {}

    /** @throws Refused for a zone that is no constant, or that is not known */
    static String constant(Node node, Expr zone) {
        String name = zone.text();
        if (name == null) {
            throw Refused.unknown(node, "a time zone that is no constant text");
        }
        String known = canonical(name);
        if (known == null) {
            throw Refused.at(node, "INVALID_FUNCTION_ARGUMENT", "'" + name + "' is not a valid time zone");
        }
        return known;
    }

    /** The name as it is printed, or null when there is no such zone, or when it is one whose name Trino changes. */
    static @Nullable String canonical(String name) {
        if (name.equals("UTC") || name.equals("Z")) {
            return SESSION;
        }
        if (name.matches("[+-]\\d\\d:\\d\\d")) {
            try {
                return ZoneOffset.of(name).getTotalSeconds() == 0 ? SESSION : name;
            } catch (DateTimeException e) {
                return null;
            }
        }
        return name.contains("/")
                        && !name.startsWith("Etc/")
                        && ZoneId.getAvailableZoneIds().contains(name)
                ? name
                : null;
    }
}
