package io.thermolake.detect;

import java.util.List;

/** A trained forest, wherever it is: in this process, or behind an endpoint. */
public interface ForestScores {
    /**
     * @param rows of {@link Context#row()}
     * @return a score ≥ 0 for each row, in their order; a row's score does not depend on the others
     */
    double[] of(List<float[]> rows);
}
