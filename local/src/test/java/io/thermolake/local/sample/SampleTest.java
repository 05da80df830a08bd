package io.thermolake.local.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SampleTest {
    private final Sample sample = new Sample();

    private static String sha256(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Test
    void theSampleIsTheSameOnEveryMachineAndDay() throws Exception {
        MessageDigest history = MessageDigest.getInstance("SHA-256");
        HistorySource.files(sample).forEach((name, csv) -> history.update((name + "\n" + csv).getBytes(UTF_8)));
        MessageDigest database = MessageDigest.getInstance("SHA-256");
        DatabaseSource.rows(sample).forEach(r -> database.update(r.toString().getBytes(UTF_8)));
        MessageDigest live = MessageDigest.getInstance("SHA-256");
        sample.rooms()
                .forEach(room -> LiveSource.messages(sample, room)
                        .forEach(m -> live.update(m.toString().getBytes(UTF_8))));

        assertThat(List.of(sha256(history), sha256(database), sha256(live)))
                .containsExactly(
                        "493eb746b6736ee836d24d25b8c592f9a670faabc791d2b6c530205f5aaef146",
                        "c979d0a53e2f37738c6e16a00f131086af87f2eafd8d1dab6483f2b26df3fd92",
                        "9c2db407de27189f9035778cda84779846f3b7fc076c1f95be4dd52b44e0dd0a");
    }

    @Test
    void threeSourcesThatOverlapHoldEveryGoodReading() {
        Set<String> keys = new HashSet<>();
        HistorySource.files(sample)
                .values()
                .forEach(csv -> csv.lines()
                        .skip(1)
                        .filter(line -> !HistorySource.BROKEN.containsValue(line + "\n"))
                        .forEach(line -> keys.add(line.substring(0, line.lastIndexOf(',')))));
        assertThat(keys).hasSize(144_000);
        DatabaseSource.rows(sample).forEach(r -> keys.add(r.timestamp() + "," + r.room()));
        for (String room : sample.rooms()) {
            sample.readings(room, Sample.LIVE_START, Sample.NOW).forEach(r -> keys.add(r.timestamp() + "," + r.room()));
        }

        assertThat(DatabaseSource.rows(sample)).hasSize(102_600);
        assertThat(keys).hasSize(216_000);
        assertThat(sample.size()).isEqualTo(216_000);
    }

    @Test
    void theFaultsAreInTheReadings() {
        Instant hot = Instant.parse("2026-03-30T13:59:00Z");
        int heated = sample.readings("lab", hot, hot.plusSeconds(60)).get(0).hundredths();
        int usual = sample.readings("lab", hot.minusSeconds(86_400), hot.minusSeconds(86_340))
                .get(0)
                .hundredths();
        assertThat(heated - usual).isBetween(1200, 1600);
        Instant last = Sample.NOW.minusSeconds(60);
        assertThat(sample.readings("storage", last, Sample.NOW).get(0).hundredths())
                .isGreaterThan(2600);
    }
}
