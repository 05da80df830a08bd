package io.thermolake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class PastFingerprintsTest {
    private static List<Manifest.Partition> days(int days) {
        List<Manifest.Partition> dates = new ArrayList<>();
        for (int i = 0; i < days; i++) {
            dates.add(day(LocalDate.parse("2026-03-01").plusDays(i).toString(), "run-1", 144));
        }
        return dates;
    }

    private static Manifest.Partition day(String date, String runId, long readings) {
        return new Manifest.Partition(date, runId, 1, Map.of("lab", readings));
    }

    @Test
    void aReadingThatCameLateChangesItsDaysPastForAsLongAsTheyLookBack() {
        List<Manifest.Partition> dates = days(10);
        SortedMap<String, String> before = PastFingerprints.of("lab", dates, 3);
        dates.set(4, day("2026-03-05", "run-2", 145));

        SortedMap<String, String> after = PastFingerprints.of("lab", dates, 3);

        assertThat(after.keySet())
                .filteredOn(date -> !after.get(date).equals(before.get(date)))
                .containsExactly("2026-03-06", "2026-03-07", "2026-03-08");
    }

    @Test
    void aDayThatWasWrittenAnewForAnotherRoomsSakeChangesNothing() {
        List<Manifest.Partition> dates = days(10);
        SortedMap<String, String> before = PastFingerprints.of("lab", dates, 3);
        dates.set(4, day("2026-03-05", "run-2", 144));

        assertThat(PastFingerprints.of("lab", dates, 3)).isEqualTo(before);
    }

    @Test
    void daysWithoutReadingsCountAsDays() {
        List<Manifest.Partition> dates = days(10);
        String before = PastFingerprints.of("lab", dates, 3).get("2026-03-10");
        dates.remove(7);

        assertThat(PastFingerprints.of("lab", dates, 3).get("2026-03-10")).isNotEqualTo(before);
        dates.remove(0);
        assertThat(PastFingerprints.of("lab", dates, 3).get("2026-03-10"))
                .isEqualTo(PastFingerprints.of("lab", dates.subList(4, dates.size()), 3)
                        .get("2026-03-10"));
    }
}
