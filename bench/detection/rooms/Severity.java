package rooms;

import rooms.Event.Kind;

/** How great the faults are: those that everybody sees, and those that one has to look for. */
public enum Severity {
    CLEAR,
    SUBTLE;

    /** From and to: °C of a spike, offset, drift; hours of stuck, silent, heating off, wrong hour; deviation of noise. */
    double[] size(Kind kind) {
        boolean clear = this == CLEAR;
        return switch (kind) {
            case SPIKE -> clear ? new double[] {4, 9} : new double[] {2, 4};
            case OFFSET -> clear ? new double[] {2, 3.5} : new double[] {0.8, 1.6};
            case DRIFT -> clear ? new double[] {2.5, 4} : new double[] {1.2, 2.5};
            case STUCK -> clear ? new double[] {12, 48} : new double[] {6, 12};
            case SILENT -> clear ? new double[] {6, 24} : new double[] {3.5, 12};
            case HEATING_OFF -> clear ? new double[] {18, 36} : new double[] {7, 14};
            case WRONG_HOUR -> clear ? new double[] {10, 10} : new double[] {5, 5};
            case NOISE -> clear ? new double[] {0.8, 1.5} : new double[] {0.3, 0.6};
        };
    }
}
