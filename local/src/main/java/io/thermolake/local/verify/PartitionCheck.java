package io.thermolake.local.verify;

import io.thermolake.lake.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The readings of every date, as Parquet and as the rooms' CSV. */
final class PartitionCheck {
    private static final String HEADER = "timestamp,temperature";
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\d [0-2]\\d:[0-5]\\d:[0-5]\\d");
    private static final Pattern ROOM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final LakeFiles lake;
    private final Findings findings;
    private final ParquetRows parquet;
    /** Room and date to the rows {@code timestamp,temperature} of the Parquet; none where it is damaged. */
    private final Map<String, List<String>> rows = new TreeMap<>();

    private long readings;

    PartitionCheck(LakeFiles lake, Findings findings, ParquetRows parquet) {
        this.lake = lake;
        this.findings = findings;
        this.parquet = parquet;
    }

    void check(Manifest.Partition partition) {
        String mend = Mend.lake(partition.date());
        List<Path> files = lake.files(partition.location(), ".parquet");
        if (files.isEmpty()) {
            findings.tell("It has no Parquet", mend, partition.location());
        }
        Map<String, List<String>> found = new TreeMap<>();
        boolean whole = !files.isEmpty();
        for (Path file : files) {
            try {
                parquet.inOrder(file)
                        .forEach((room, list) -> found.computeIfAbsent(room, r -> new ArrayList<>())
                                .addAll(list));
            } catch (DamagedFileException e) {
                findings.tell(e.why(), mend, file);
                whole = false;
            }
        }
        Path[] named = files.toArray(new Path[0]);
        for (Map.Entry<String, Long> room : partition.rooms().entrySet()) {
            List<String> lakeRows = found.getOrDefault(room.getKey(), List.of());
            readings += lakeRows.size();
            if (whole) {
                compare(partition, room, lakeRows, named);
                rows.put(key(room.getKey(), partition.date()), lakeRows);
            } else {
                csv(partition, room.getKey());
            }
        }
        found.keySet().stream()
                .filter(room -> !partition.rooms().containsKey(room))
                .forEach(room -> findings.tell(
                        "It holds readings of %s, which the manifest does not name%s"
                                .formatted(room, ROOM.matcher(room).matches() ? "" : ", and which is no room's id"),
                        mend,
                        named));
    }

    private void compare(
            Manifest.Partition partition, Map.Entry<String, Long> room, List<String> parquetRows, Path[] files) {
        String mend = Mend.lake(partition.date());
        String where = "room " + room.getKey() + " on " + partition.date();
        if (parquetRows.size() != room.getValue()) {
            findings.tell(
                    "The manifest names %d readings of %s, the Parquet holds %d"
                            .formatted(room.getValue(), where, parquetRows.size()),
                    mend,
                    files);
        }
        String last = "";
        for (String row : parquetRows) {
            String time = row.substring(0, row.indexOf(','));
            if (time.equals(last)) {
                findings.tell("The time %s of %s stands twice".formatted(time, where), mend, files);
            } else if (time.compareTo(last) < 0) {
                findings.tell(
                        "The readings of %s are not in the order of time at %s".formatted(where, time), mend, files);
                break;
            }
            last = time;
        }
        parquetRows.stream()
                .filter(row -> !isReading(row, partition.date()))
                .findFirst()
                .ifPresent(row -> findings.tell("'%s' is no reading of %s".formatted(row, where), mend, files));
        List<String> csv = csv(partition, room.getKey());
        if (!parquetRows.equals(csv)) {
            List<Path> both = new ArrayList<>(csvFiles(partition, room.getKey()));
            if (both.isEmpty()) {
                both.add(lake.bucket().resolve(partition.location(room.getKey())));
            }
            both.addAll(List.of(files));
            findings.tell(
                    "The Parquet (%d) and the CSV (%d) of %s do not hold the same readings"
                            .formatted(parquetRows.size(), csv.size(), where),
                    mend,
                    both.toArray(new Path[0]));
        }
    }

    private static boolean isReading(String row, String date) {
        int comma = row.indexOf(',');
        try {
            return comma > 0
                    && row.startsWith(date)
                    && TIME.matcher(row.substring(0, comma)).matches()
                    && Double.isFinite(Double.parseDouble(row.substring(comma + 1)));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private List<Path> csvFiles(Manifest.Partition partition, String room) {
        return lake.files(partition.location(room), ".csv");
    }

    private List<String> csv(Manifest.Partition partition, String room) {
        String mend = Mend.lake(partition.date());
        List<String> all = new ArrayList<>();
        for (Path file : csvFiles(partition, room)) {
            findings.lines(file, mend).ifPresent(lines -> {
                if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
                    findings.tell("It does not begin with the header '" + HEADER + "'", mend, file);
                }
                List<String> body = lines.subList(Math.min(1, lines.size()), lines.size());
                body.stream()
                        .filter(row -> !isReading(row, partition.date()))
                        .findFirst()
                        .ifPresent(row -> findings.tell(
                                "'%s' is no reading of %s".formatted(cut(row), partition.date()), mend, file));
                all.addAll(body);
            });
        }
        return all;
    }

    static String cut(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    /** The rows of the Parquet; null where it is damaged or the lake has none. */
    @org.jspecify.annotations.Nullable
    List<String> rows(String room, String date) {
        return rows.get(key(room, date));
    }

    private static String key(String room, String date) {
        return room + '/' + date;
    }

    long readings() {
        return readings;
    }
}
