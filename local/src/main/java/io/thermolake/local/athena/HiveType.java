package io.thermolake.local.athena;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Hive's types, as the Glue catalog has them, in DuckDB's names. Pure. */
final class HiveType {
    private HiveType() {}

    /** @throws IllegalArgumentException naming a type that Hive does not have, or the laptop's Athena does not read */
    static String duck(String hive) {
        String type = hive.strip().toLowerCase(Locale.ROOT);
        if (type.startsWith("array<") && type.endsWith(">")) {
            return duck(inner(type, "array<")) + "[]";
        }
        if (type.startsWith("map<") && type.endsWith(">")) {
            List<String> parts = parts(inner(type, "map<"), ',');
            if (parts.size() == 2) {
                return "MAP(" + duck(parts.get(0)) + ", " + duck(parts.get(1)) + ")";
            }
        }
        if (type.startsWith("struct<") && type.endsWith(">")) {
            return parts(inner(type, "struct<"), ',').stream()
                    .map(field -> field(hive, field))
                    .collect(Collectors.joining(", ", "STRUCT(", ")"));
        }
        if (type.matches("(var)?char\\s*\\(\\s*\\d{1,5}\\s*\\)")) {
            return "VARCHAR";
        }
        if (type.matches("decimal\\s*\\(\\s*\\d{1,2}\\s*(,\\s*\\d{1,2}\\s*)?\\)")) {
            return type.toUpperCase(Locale.ROOT);
        }
        return plain(hive, type);
    }

    private static String plain(String hive, String type) {
        return switch (type) {
            case "string", "varchar", "char" -> "VARCHAR";
            case "tinyint" -> "TINYINT";
            case "smallint" -> "SMALLINT";
            case "int", "integer" -> "INTEGER";
            case "bigint" -> "BIGINT";
            case "double" -> "DOUBLE";
            case "float" -> "FLOAT";
            case "boolean" -> "BOOLEAN";
            case "timestamp" -> "TIMESTAMP";
            case "date" -> "DATE";
            case "binary" -> "BLOB";
            case "decimal" -> "DECIMAL(10,0)";
            default ->
                throw new IllegalArgumentException("the type '" + hive + "' is none that the laptop's Athena reads");
        };
    }

    private static String field(String hive, String field) {
        List<String> parts = parts(field, ':');
        if (parts.size() != 2) {
            throw new IllegalArgumentException(
                    "the type '" + hive + "' has a field without a name or a type: " + field);
        }
        return CatalogViews.quoted(parts.get(0)) + " " + duck(parts.get(1));
    }

    private static String inner(String type, String head) {
        return type.substring(head.length(), type.length() - 1);
    }

    /** Splits at the separators that lie in no brackets. */
    private static List<String> parts(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '<' || c == '(' ? 1 : c == '>' || c == ')' ? -1 : 0;
            if (c == separator && depth == 0) {
                parts.add(text.substring(from, i).strip());
                from = i + 1;
            }
        }
        parts.add(text.substring(from).strip());
        return parts;
    }
}
