import io.thermolake.detect.AlarmBudget;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import rooms.RoomGenerator;
import rooms.Severity;

/** usage: RoomBench detectors|budgets|rivals|all FIRST_SEED LAST_SEED ROOMS: the tables of docs/detection.md for rooms with faults. */
final class RoomBench {
    private static final AlarmBudget BUDGET = new AlarmBudget(0.7);
    private static final double[] BUDGETS = {0.3, 0.7, 1, 2};

    private interface Rival {
        RoomTable.Answer judge(RoomSeries series, long seed);
    }

    private static Map<String, Rival> rivals(String which) {
        Map<String, Rival> rivals = new LinkedHashMap<>();
        if (which.equals("budgets")) {
            for (double each : BUDGETS) {
                AlarmBudget budget = new AlarmBudget(each);
                rivals.put("limits, budget " + each, (s, seed) -> s.limits(budget));
                rivals.put("forest, budget " + each, (s, seed) -> s.forest(budget, seed));
            }
            return rivals;
        }
        if (!which.equals("rivals")) {
            rivals.put("limits", (s, seed) -> s.limits(BUDGET));
            rivals.put("limits and forest", (s, seed) -> s.forest(BUDGET, seed));
        }
        if (!which.equals("detectors")) {
            rivals.put("sensor rules alone", (s, seed) -> s.rules(BUDGET));
            rivals.put("residual without a forest", (s, seed) -> RoomRivals.residual(s));
            rivals.put("TRCF, shingle 24", RoomRivals::thresholded);
            rivals.put("recipe, 3 deviations of the day", (s, seed) -> RoomRivals.recipe(s, seed, true));
            rivals.put("recipe, 3 deviations of training", (s, seed) -> RoomRivals.recipe(s, seed, false));
            rivals.put("more than 10 % outside the range so far", (s, seed) -> RoomRivals.range(s));
            rivals.put("an alarm every 400 rows", (s, seed) -> RoomRivals.every(s, 400));
        }
        return rivals;
    }

    public static void main(String[] arguments) {
        Map<String, Rival> rivals = rivals(arguments[0]);
        long first = Long.parseLong(arguments[1]);
        long last = Long.parseLong(arguments[2]);
        int rooms = Integer.parseInt(arguments[3]);
        Map<Severity, Map<String, RoomTable>> sums = new EnumMap<>(Severity.class);
        System.out.println(RoomTable.header());
        for (long seed = first; seed <= last; seed++) {
            for (Severity severity : Severity.values()) {
                RoomGenerator generator = new RoomGenerator(seed, severity);
                List<RoomSeries> series =
                        IntStream.range(0, rooms).parallel().mapToObj(n -> RoomSeries.of(generator.room(n))).toList();
                for (Map.Entry<String, Rival> rival : rivals.entrySet()) {
                    RoomTable table = new RoomTable();
                    long of = seed;
                    series.parallelStream().forEach(s -> table.add(s.room(), rival.getValue().judge(s, of)));
                    System.out.println(table.row(named(severity, String.valueOf(seed), rival.getKey())));
                    sums.computeIfAbsent(severity, s -> new LinkedHashMap<>())
                            .computeIfAbsent(rival.getKey(), r -> new RoomTable())
                            .addAll(table);
                }
            }
        }
        if (last > first) {
            sums.forEach((severity, tables) -> tables.forEach((name, table) ->
                    System.out.println(table.row(named(severity, first + " to " + last, name)))));
        }
    }

    private static String named(Severity severity, String seeds, String rival) {
        return severity.name().toLowerCase(java.util.Locale.ROOT) + ", " + seeds + " | " + rival;
    }
}
