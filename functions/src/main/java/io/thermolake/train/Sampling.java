package io.thermolake.train;

import java.util.List;
import java.util.stream.IntStream;

/** A bounded sample that is the same every time: rows at even distances, the first included. */
final class Sampling {
    private Sampling() {}

    /** @return at most {@code most} of the rows, in their order */
    static <T> List<T> even(List<T> rows, int most) {
        if (rows.size() <= most) {
            return rows;
        }
        return IntStream.range(0, most)
                .mapToObj(i -> rows.get((int) ((long) i * rows.size() / most)))
                .toList();
    }
}
