import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The series of the Numenta Anomaly Benchmark, and how it scores alarms: its README in the folder has the rules. */
record Nab(List<Series> series) {
    /** @param windows first and last row of each time in which an alarm is right */
    record Series(String name, long[] seconds, double[] values, List<int[]> windows) {
        int probation() {
            return Math.min((int) (0.15 * values.length), 750);
        }
    }

    enum Profile {
        STANDARD(0.11, 1),
        LOW_FP(0.22, 1),
        LOW_FN(0.11, 2);

        private final double falseAlarm;
        private final double missed;

        Profile(double falseAlarm, double missed) {
            this.falseAlarm = falseAlarm;
            this.missed = missed;
        }
    }

    static Nab read(Path folder) throws IOException {
        JsonObject windows = JsonParser.parseString(Files.readString(folder.resolve("windows.json"))).getAsJsonObject();
        List<Series> all = new ArrayList<>();
        for (String name : new TreeSet<>(windows.keySet())) {
            List<String> lines = Files.readAllLines(folder.resolve(name));
            int n = lines.size() - 1;
            String[] times = new String[n];
            long[] seconds = new long[n];
            double[] values = new double[n];
            for (int i = 0; i < n; i++) {
                String[] fields = lines.get(i + 1).split(",");
                times[i] = fields[0].substring(0, 19);
                seconds[i] = LocalDateTime.parse(times[i].replace(' ', 'T')).toEpochSecond(ZoneOffset.UTC);
                values[i] = Double.parseDouble(fields[1]);
            }
            all.add(new Series(name, seconds, values, windows(windows.getAsJsonArray(name), times)));
        }
        return new Nab(all);
    }

    private static List<int[]> windows(JsonArray labelled, String[] times) {
        List<int[]> windows = new ArrayList<>();
        for (JsonElement each : labelled) {
            String from = each.getAsJsonArray().get(0).getAsString().substring(0, 19);
            String to = each.getAsJsonArray().get(1).getAsString().substring(0, 19);
            int first = -1;
            int last = -1;
            for (int i = 0; i < times.length; i++) {
                if (times[i].compareTo(from) >= 0 && times[i].compareTo(to) <= 0) {
                    first = first < 0 ? i : first;
                    last = i;
                }
            }
            windows.add(new int[] {first, last});
        }
        return windows;
    }

    /** @param alarms the rows of each series, in the order of {@link #series} @return 0 for none, 100 for perfect */
    double score(List<List<Integer>> alarms, Profile profile) {
        double raw = 0;
        int windows = 0;
        for (int i = 0; i < series.size(); i++) {
            raw += raw(series.get(i), alarms.get(i), profile);
            windows += series.get(i).windows.size();
        }
        double nothing = -profile.missed * windows;
        return 100 * (raw - nothing) / (windows - nothing);
    }

    private static double raw(Series series, List<Integer> alarms, Profile profile) {
        Map<Integer, Double> best = new HashMap<>();
        double raw = 0;
        for (int row : alarms) {
            if (row < series.probation()) {
                continue;
            }
            int inside = -1;
            int before = -1;
            for (int w = 0; w < series.windows.size(); w++) {
                int[] window = series.windows.get(w);
                inside = window[0] <= row && row <= window[1] ? w : inside;
                before = window[1] < row ? w : before;
            }
            if (inside >= 0) {
                int[] window = series.windows.get(inside);
                double place = -(window[1] - row + 1.0) / (window[1] - window[0] + 1);
                best.merge(inside, sigmoid(place) / sigmoid(-1), Math::max);
            } else {
                int[] window = before < 0 ? null : series.windows.get(before);
                raw += profile.falseAlarm
                        * (window == null ? -1 : sigmoid((row - window[1]) / (double) (window[1] - window[0])));
            }
        }
        return raw
                + best.values().stream().mapToDouble(Double::doubleValue).sum()
                - profile.missed * (series.windows.size() - best.size());
    }

    private static double sigmoid(double x) {
        return x > 3 ? -1 : 2 / (1 + StrictMath.exp(5 * x)) - 1;
    }
}
