package io.thermolake.model.promotion;

/**
 * A fault as it is injected.
 *
 * @param start its first second
 * @param end the second after its last
 * @param deadline the last second at which an alarm finds it in time
 * @param size as its kind has it; below 0 downwards, or early
 */
public record Fault(FaultKind kind, long start, long end, long deadline, double size) {
    public Fault {
        if (start >= end || deadline < start) {
            throw new IllegalArgumentException(
                    "a fault from second %d to %d cannot be found until %d".formatted(start, end, deadline));
        }
    }

    boolean isOn(long second) {
        return second >= start && second < end;
    }
}
