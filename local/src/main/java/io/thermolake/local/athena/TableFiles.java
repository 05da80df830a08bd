package io.thermolake.local.athena;

import static io.thermolake.local.athena.CatalogViews.literal;
import static io.thermolake.local.athena.CatalogViews.quoted;

import io.thermolake.local.glue.CsvHeader;
import io.thermolake.local.s3.FileHead;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Table;

/**
 * How a table's files are read in DuckDB. Each file's content tells how, not its name nor the table: its packing, its
 * encoding, and, where it has a header, the order of its columns. A value that is none of its column's type is null.
 */
final class TableFiles {
    /** What all files of one read have in common. */
    private record Form(
            boolean gzip, Charset charset, @Nullable CsvHeader header) {}

    private static final String PARQUET = "parquet";
    /** A header and Excel's line before it. */
    private static final int HEAD_LINES = 2;

    private final Table table;
    private final List<Column> columns;
    private final String classification;

    TableFiles(Table table) {
        this.table = table;
        this.columns = columns(table);
        this.classification = CatalogViews.classification(table);
    }

    /** The table's own columns: a name once, and none that a partition key has. */
    static List<Column> columns(Table table) {
        Set<String> taken = table.partitionKeys().stream()
                .map(c -> c.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return table.storageDescriptor().columns().stream()
                .filter(c -> taken.add(c.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** The files of one partition. @return one SELECT or several, to be joined by UNION ALL */
    List<String> select(List<Path> files, List<String> values) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < table.partitionKeys().size(); i++) {
            keys.add(literal(values.get(i)));
        }
        return select(files, keys, false);
    }

    /** The files of all partitions of a table that are found by the folders' names. */
    List<String> projected(List<Path> files) {
        List<String> names =
                table.partitionKeys().stream().map(c -> c.name() + "=").toList();
        // One file that lies elsewhere would make DuckDB refuse all.
        List<Path> placed = files.stream()
                .filter(file -> names.stream().allMatch(name -> has(file, name)))
                .toList();
        return select(
                placed,
                table.partitionKeys().stream().map(c -> quoted(c.name())).toList(),
                true);
    }

    private static boolean has(Path file, String name) {
        for (int i = 0; i < file.getNameCount() - 1; i++) {
            if (file.getName(i).toString().startsWith(name)) {
                return true;
            }
        }
        return false;
    }

    private List<String> select(List<Path> files, List<String> keyValues, boolean hive) {
        List<String> selects = new ArrayList<>();
        forms(files).forEach((form, alike) -> {
            List<String> all = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                all.add(value(form, column, i) + " AS " + quoted(column.name()));
            }
            for (int i = 0; i < keyValues.size(); i++) {
                all.add(keyValues.get(i) + " AS "
                        + quoted(table.partitionKeys().get(i).name()));
            }
            selects.add("SELECT " + String.join(", ", all) + " FROM " + reader(form, alike, hive));
        });
        return selects;
    }

    private Map<Form, List<Path>> forms(List<Path> files) {
        boolean parquet = classification.equals(PARQUET);
        Map<Form, List<Path>> forms = new LinkedHashMap<>();
        for (Path file : files) {
            if (file.toString().endsWith("." + PARQUET) == parquet) {
                Form form = parquet ? new Form(false, StandardCharsets.UTF_8, null) : form(file);
                if (form != null) {
                    forms.computeIfAbsent(form, f -> new ArrayList<>()).add(file);
                }
            }
        }
        return forms;
    }

    /** @return null for a file without a line, and for one that went away since it was listed */
    private @Nullable Form form(Path file) {
        try {
            boolean header = "1".equals(table.parameters().get("skip.header.line.count"));
            FileHead head = FileHead.of(file, HEAD_LINES);
            if (!classification.equals("csv")) {
                return new Form(head.gzip(), StandardCharsets.UTF_8, null);
            }
            return header && head.lines().isEmpty()
                    ? null
                    : new Form(head.gzip(), head.charset(), header ? CsvHeader.of(head.lines()) : null);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e, e);
        }
    }

    private String value(Form form, Column column, int at) {
        String type = HiveType.duck(column.type());
        if (classification.equals(PARQUET)) {
            return "CAST(" + quoted(column.name()) + " AS " + type + ")";
        }
        if (classification.equals("json")) {
            return json(column.name(), type);
        }
        int place = form.header() == null ? at : form.header().names().indexOf(column.name());
        return place < 0 ? "CAST(NULL AS " + type + ")" : "TRY_CAST(" + quoted("c" + place) + " AS " + type + ")";
    }

    /** Athena's JSON reader takes a key in any case; a name that fits exactly comes first. */
    private static String json(String name, String type) {
        boolean nested = type.endsWith("]") || type.endsWith(")") && !type.startsWith("DECIMAL");
        String get = nested ? "json->" : "json->>";
        String exact = get + literal("/" + name.replace("~", "~0").replace("/", "~1"));
        String other = "(list_filter(json_keys(json), lambda k: lower(k) = " + literal(name.toLowerCase(Locale.ROOT))
                + "))[1]";
        String any = get + "('/' || replace(replace(" + other + ", '~', '~0'), '/', '~1'))";
        return "TRY_CAST(coalesce(" + exact + ", " + any + ") AS " + type + ")";
    }

    private String reader(Form form, List<Path> files, boolean hive) {
        String list = files.stream().map(f -> literal(pattern(f))).collect(Collectors.joining(", ", "[", "]"));
        // As text: a value that looks like a number or a date is not to be changed.
        String partitioning =
                hive ? ", hive_partitioning=true, hive_types_autocast=false" : ", hive_partitioning=false";
        String packed = ", compression='" + (form.gzip() ? "gzip" : "none") + "'";
        return switch (classification) {
            case PARQUET -> "read_parquet(" + list + partitioning + ", union_by_name=true)";
            case "json" ->
                "read_json_objects(" + list + ", format='newline_delimited', ignore_errors=true" + packed + partitioning
                        + ")";
            default ->
                "read_csv(" + list
                        + ", auto_detect=false, all_varchar=true, quote='\"', escape='\"', null_padding=true,"
                        // A lone CR ends a line only so, and a quoted line break needs the one reader.
                        + " strict_mode=false, parallel=false, ignore_errors=true" + csv(form) + packed + partitioning
                        + ")";
        };
    }

    private String csv(Form form) {
        CsvHeader header = form.header();
        int count = header == null ? columns.size() : header.names().size();
        StringBuilder options = new StringBuilder();
        options.append(", header=").append(header != null);
        options.append(", delim=").append(literal(header == null ? "," : String.valueOf(header.delimiter())));
        options.append(", skip=").append(header == null ? 0 : header.skip());
        options.append(", encoding=").append(literal(encoding(form.charset())));
        options.append(", columns={");
        for (int i = 0; i < count; i++) {
            options.append(i == 0 ? "" : ", ").append(literal("c" + i)).append(": 'VARCHAR'");
        }
        return options.append('}').toString();
    }

    private static String encoding(Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            return "utf-8";
        }
        return charset.equals(StandardCharsets.ISO_8859_1) ? "latin-1" : "utf-16";
    }

    /** DuckDB takes every file's name for a pattern. */
    private static String pattern(Path file) {
        return file.toString().replaceAll("[\\[*?]", "[$0]");
    }
}
