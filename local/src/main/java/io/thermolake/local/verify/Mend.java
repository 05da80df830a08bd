package io.thermolake.local.verify;

import io.thermolake.lake.LakeLayout;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What mends the files that a run published. */
final class Mend {
    static final String MANIFEST =
            "Restore it from a copy; without one fill a new data folder from raw/, which has everything that came";
    static final String QUARANTINE = "Restore it from a copy; it is evidence, and no later run depends on it";
    static final String AGAIN = "Run again: the next run brings it up to the manifest";

    private static final String PAGE = "Restore it from a copy, or run again with --start-from Report";
    private static final Pattern ROOM =
            Pattern.compile("(?:^|/)(?:models/([^/]+)/|(?:scores|alarms)/(?:room_id=)?([^/]+?)(?:\\.jsonl?)?(?:/|$))");
    private static final Pattern REPORT = Pattern.compile(LakeLayout.REPORT_POINTERS + "(\\d{1,18})\\.json");

    private Mend() {}

    /** @param name of a file that is committed, however it is damaged */
    static String of(String name) {
        Matcher room = ROOM.matcher(name);
        if (room.find()) {
            return room.group(1) == null ? scores(room.group(2)) : model(room.group(1));
        }
        Matcher report = REPORT.matcher(name);
        if (report.find()) {
            return report(Long.parseLong(report.group(1)));
        }
        return name.contains(LakeLayout.CATALOG_MARKS) ? AGAIN : name.contains(LakeLayout.MANIFESTS) ? MANIFEST : PAGE;
    }

    static String lake(String date) {
        return "Restore the readings of %s from a copy; without one fill a new data folder from raw/, which has everything that came"
                .formatted(date);
    }

    static String scores(String room) {
        return "Delete runs/scores/%s.json in the bucket's folder and run again: the room is scored anew"
                .formatted(room);
    }

    static String model(String room) {
        return "Delete models/%s in the bucket's folder and run again with --force: the room is trained anew"
                .formatted(room);
    }

    static String report(long manifest) {
        return "Delete runs/reports/%09d.json in the bucket's folder and run again with --start-from Report"
                .formatted(manifest);
    }

    static String catalog(long manifest) {
        return "Delete state/glue/partitions and the bucket's runs/catalog/%09d.json and run again: the catalog is made anew"
                .formatted(manifest);
    }
}
