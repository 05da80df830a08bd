package io.thermolake.asl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.thermolake.asl.Recording.Verdict;
import io.thermolake.asl.testing.Cases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What AWS itself answered to some hundreds of machines, against what the engine answers: runs where the recordings are, in
 * the folder that the system property {@code asl.recordings} names. {@code -Dasl.recordings.verbose} lists what differs.
 */
class ConformanceTest {
    private static final Path FOLDER = Path.of(System.getProperty(
            "asl.recordings", Path.of("..", "..", "shared", "data", "asl").toString()));

    /** Cases of one group: how many there are, and how many agree. */
    private static final class Tally {
        int cases;
        int agreed;
        int unsupported;
        int ordered;
        int inOrder;

        void add(Verdict verdict) {
            cases++;
            agreed += verdict.end() ? 1 : 0;
            unsupported += verdict.unsupported() ? 1 : 0;
            ordered += verdict.events().isPresent() ? 1 : 0;
            inOrder += verdict.events().orElse(false) ? 1 : 0;
        }

        @Override
        public String toString() {
            return "%4d agreed, %3d disagreed, %3d unsupported; events of %d of %d in order"
                    .formatted(agreed, cases - agreed - unsupported, unsupported, inOrder, ordered);
        }
    }

    @Test
    void theEngineAnswersAsAwsDid() throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), "there are no recordings in " + FOLDER);
        Map<String, Tally> groups = new TreeMap<>();
        Tally pure = new Tally();
        Tally tasks = new Tally();
        for (Recording recording : recordings()) {
            Map<String, Object> answer = Cases.run(recording.recorded());
            Verdict verdict = recording.judge(answer);
            groups.computeIfAbsent(recording.group(), group -> new Tally()).add(verdict);
            (recording.group().startsWith("pure") ? pure : tasks).add(verdict);
            if (Boolean.getBoolean("asl.recordings.verbose") && !verdict.end()) {
                System.out.println(recording.id() + "\n  expected "
                        + Json.text(recording.recorded().get("expected")) + "\n  answered " + Json.text(answer));
            }
        }
        groups.forEach((group, tally) -> System.out.println("%-26s %s".formatted(group, tally)));
        assertThat(pure.cases).isPositive();
        assertThat(100.0 * pure.agreed / pure.cases).isGreaterThanOrEqualTo(98);
        assertThat(100.0 * pure.inOrder / pure.ordered).isGreaterThanOrEqualTo(95);
        assertThat(100.0 * tasks.agreed / tasks.cases).isGreaterThanOrEqualTo(90);
        assertThat(100.0 * tasks.inOrder / tasks.ordered).isGreaterThanOrEqualTo(95);
    }

    private static List<Recording> recordings() throws IOException {
        List<Recording> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
                for (String line : Files.readAllLines(file, UTF_8)) {
                    Recording recording = new Recording(Json.object(Json.parse(line)));
                    if (recording.canRun()) {
                        all.add(recording);
                    }
                }
            }
        }
        return all;
    }
}
