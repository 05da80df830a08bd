package io.thermolake.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureCsvTest {
    @Test
    void theRowsHaveNoHeaderAndReadBackAsTheyWere() {
        String csv = FeatureCsv.of(List.of(new float[] {21.5f, -0.1f}, new float[] {1e-7f, 4}));

        assertThat(csv).isEqualTo("21.5,-0.1\n1.0E-7,4.0\n");
        assertThat(Float.parseFloat(FeatureCsv.line(new float[] {1 / 3f}))).isEqualTo(1 / 3f);
    }
}
