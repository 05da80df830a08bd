package io.thermolake.lake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a day's scores depend on beside the day itself: the days before it. Readings are only ever added to a day, so how
 * many there are tells whether a room's day is another; that its partition was written anew for another room's sake does
 * not matter.
 */
public final class Past {
    private static final int HEX_DIGITS = 16;

    private Past() {}

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
            MessageDigest digest = sha256();
            for (Manifest.Partition day : dates.subList(from, i)) {
                digest.update((day.date() + ' ' + day.rooms().getOrDefault(room, 0L) + '\n').getBytes(UTF_8));
            }
            past.put(
                    dates.get(i).date(),
                    HexFormat.of().formatHex(digest.digest()).substring(0, HEX_DIGITS));
        }
        return past;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
