package io.thermolake.lake;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a day's scores depend on beside the day itself: the days before it. Readings are only ever added to a day, so how
 * many there are tells whether a room's day is another; that its partition was written anew for another room's sake does
 * not matter.
 */
public final class PastFingerprints {
    private static final int HEX_DIGITS = 16;

    private PastFingerprints() {}

    /**
     * @param dates a room's, in order
     * @param days that count before a date
     * @return date to what stands for the days before it
     */
    public static SortedMap<String, String> of(String room, List<Manifest.Partition> dates, int days) {
        SortedMap<String, String> past = new TreeMap<>();
        int from = 0;
        for (int i = 0; i < dates.size(); i++) {
            String oldest = dates.get(i).day().minusDays(days).toString();
            while (dates.get(from).date().compareTo(oldest) < 0) {
                from++;
            }
            Sha256 digest = new Sha256();
            for (Manifest.Partition day : dates.subList(from, i)) {
                digest.add(day.date() + ' ' + day.rooms().getOrDefault(room, 0L) + '\n');
            }
            past.put(dates.get(i).date(), digest.hex().substring(0, HEX_DIGITS));
        }
        return past;
    }
}
