package io.thermolake.asl.internal.items;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.asl.Json;
import io.thermolake.asl.internal.value.StatesError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an object's bytes are items.
 *
 * @param inputType CSV, JSON or JSONL
 * @param csvHeaders the columns' names; null when the first row has them
 * @param itemsPointer a JSON pointer to the array inside a JSON object, or null
 */
public record ItemFormat(
        String inputType,
        @Nullable List<String> csvHeaders,
        char delimiter,
        @Nullable String itemsPointer) {
    private static final Pattern INDEX = Pattern.compile("0|[1-9]\\d{0,8}");

    public static char delimiter(String name) {
        return switch (name) {
            case "PIPE" -> '|';
            case "SEMICOLON" -> ';';
            case "SPACE" -> ' ';
            case "TAB" -> '\t';
            default -> ',';
        };
    }

    /** @throws StatesError {@code States.ItemReaderFailed} when the bytes are not in the format */
    List<@Nullable Object> items(byte[] content) {
        String text = new String(content, UTF_8);
        try {
            return switch (inputType) {
                case "CSV" -> csv(text);
                case "JSONL" -> jsonLines(text);
                default -> json(text);
            };
        } catch (IllegalArgumentException e) {
            throw StatesError.given(
                    StatesError.ITEM_READER, "Unable to parse the items as " + inputType + ": " + e.getMessage());
        }
    }

    private List<@Nullable Object> json(String text) {
        Object value = Json.parse(text);
        if (itemsPointer != null && !itemsPointer.isEmpty()) {
            if (itemsPointer.charAt(0) != '/') {
                throw new IllegalArgumentException("the ItemsPointer '" + itemsPointer + "' does not start with '/'");
            }
            for (String step : itemsPointer.substring(1).split("/", -1)) {
                value = below(value, step.replace("~1", "/").replace("~0", "~"));
            }
        }
        if (value instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        throw StatesError.given(StatesError.ITEM_READER, "Attempting to map over non-iterable node.");
    }

    /** One step of a JSON pointer, RFC 6901: a member's name or an element's index; null where there is none. */
    private static @Nullable Object below(@Nullable Object value, String step) {
        if (value instanceof List<?> list) {
            return INDEX.matcher(step).matches() && Integer.parseInt(step) < list.size()
                    ? list.get(Integer.parseInt(step))
                    : null;
        }
        return Json.object(value).get(step);
    }

    private static List<@Nullable Object> jsonLines(String text) {
        List<@Nullable Object> items = new ArrayList<>();
        text.lines().filter(line -> !line.isBlank()).forEach(line -> items.add(Json.parse(line)));
        return items;
    }

    private List<@Nullable Object> csv(String text) {
        List<List<String>> rows = rows(text);
        List<String> headers = csvHeaders;
        if (headers == null) {
            if (rows.isEmpty()) {
                return List.of();
            }
            headers = rows.remove(0);
        }
        List<@Nullable Object> items = new ArrayList<>();
        for (List<String> row : rows) {
            // A cell that is not there is empty, one without a header is dropped.
            // AWS writes the members in the order of a Java HashMap.
            Map<String, @Nullable Object> item = new HashMap<>();
            for (int i = 0; i < headers.size(); i++) {
                item.put(headers.get(i), i < row.size() ? row.get(i) : "");
            }
            items.add(item);
        }
        return items;
    }

    /** RFC 4180: quotes around a cell, doubled inside it. */
    private List<List<String>> rows(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else if (c == '"') {
                    quoted = false;
                } else {
                    cell.append(c);
                }
            } else if (c == '"' && cell.length() == 0) {
                quoted = true;
            } else if (c == delimiter) {
                row.add(cell.toString());
                cell.setLength(0);
            } else if (c == '\n' || c == '\r') {
                end(rows, row, cell);
                row = new ArrayList<>();
            } else {
                cell.append(c);
            }
        }
        end(rows, row, cell);
        return rows;
    }

    private static void end(List<List<String>> rows, List<String> row, StringBuilder cell) {
        if (!row.isEmpty() || cell.length() > 0) {
            row.add(cell.toString());
            cell.setLength(0);
            rows.add(row);
        }
    }
}
