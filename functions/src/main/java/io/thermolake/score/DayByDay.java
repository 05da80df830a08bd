package io.thermolake.score;

import io.thermolake.detect.Context;
import io.thermolake.detect.Contexts;
import io.thermolake.detect.RoomModel;
import io.thermolake.lake.RoomReading;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A room's readings in the light of their past, day by day. Each day is seen as if the room's life had begun {@link
 * Contexts#WARM_UP_DAYS} before it: so what is said of a day never depends on which run saw it, or what that run saw before.
 */
final class DayByDay {
    /** Before that, a room is too little known for more than its sensor's rules. */
    static final long COLD_SECONDS = 9 * 86_400L;

    /** @param warm whether the room is known, so that a forest may be asked, too; @param since of a silence, else its own second */
    record Seen(Context context, boolean warm, long since) {
        /** Whether a forest's word on it counts; asking costs a hundred times what a limit does. */
        boolean asksForest() {
            return warm && context.isNear();
        }
    }

    private record Day(LocalDate date, long[] seconds, double[] values) {
        static Day of(LocalDate date, List<RoomReading> readings) {
            return new Day(
                    date,
                    readings.stream().mapToLong(RoomReading::second).toArray(),
                    readings.stream().mapToDouble(RoomReading::temperature).toArray());
        }
    }

    private final RoomModel model;
    private final RoomModel rules;
    private final Deque<Day> past = new ArrayDeque<>();
    private Contexts contexts;
    private @Nullable Contexts cold;
    private long first = Long.MIN_VALUE;
    private long last;
    private @Nullable LocalDate seenTo;

    DayByDay(RoomModel model) {
        this.model = model;
        this.rules = new RoomModel(model.rules(), Map.of());
        this.contexts = new Contexts(model);
    }

    /** A day that is not asked about, but that later ones look back at. */
    void pass(LocalDate date, List<RoomReading> readings) {
        past.addLast(Day.of(date, readings));
    }

    /** @param date later than all before; @param readings at least one, in the order of time */
    List<Seen> see(LocalDate date, List<RoomReading> readings) {
        Day today = Day.of(date, readings);
        while (!past.isEmpty() && past.getFirst().date().isBefore(date.minusDays(Contexts.WARM_UP_DAYS))) {
            past.removeFirst();
        }
        long begin = (past.isEmpty() ? today : past.getFirst()).seconds()[0];
        boolean goesOn =
                begin == first && !past.isEmpty() && past.getLast().date().equals(seenTo);
        boolean isCold =
                today.seconds()[0] - begin < COLD_SECONDS && !model.allowed().isEmpty();
        if (!goesOn) {
            first = begin;
            contexts = new Contexts(model);
            cold = isCold ? new Contexts(rules) : null;
            past.forEach(this::follow);
        }
        cold = isCold ? cold : null;
        List<Seen> seen = follow(today);
        past.addLast(today);
        seenTo = date;
        return seen;
    }

    private List<Seen> follow(Day day) {
        List<Seen> seen = new ArrayList<>(day.seconds().length);
        for (int i = 0; i < day.seconds().length; i++) {
            long second = day.seconds()[i];
            double value = day.values()[i];
            boolean warm = cold == null || second - first >= COLD_SECONDS;
            boolean silent = contexts.silence(second) > 1;
            long tooLong = (long) Math.ceil(last + model.rules().allowedGap());
            Context known = contexts.next(second, value);
            Context sensor = cold == null ? known : cold.next(second, value);
            seen.add(new Seen(warm ? known : sensor, warm, silent ? Math.min(second, tooLong) : second));
            last = second;
        }
        return seen;
    }
}
