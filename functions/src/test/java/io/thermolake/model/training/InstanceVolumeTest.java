package io.thermolake.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceVolumeTest {
    @ParameterizedTest
    @CsvSource({
        "ml.m5.large,       true",
        "ml.c5n.18xlarge,   true",
        "ml.m7i-flex.large, true",
        "ml.t3.medium,      true",
        "ml.p3.2xlarge,     true",
        "ml.m5d.large,      false",
        "ml.m6id.xlarge,    false",
        "ml.c5ad.xlarge,    false",
        "ml.g4dn.xlarge,    false",
        "ml.p3dn.24xlarge,  false",
        "ml.g5.xlarge,      false",
        "ml.p5.48xlarge,    false",
        "ml.trn1.2xlarge,   false",
        "something else,    false",
    })
    void aTypeWithDisksOfItsOwnTakesNoKey(String type, boolean takes) {
        assertThat(InstanceVolume.takesKey(type)).isEqualTo(takes);
    }
}
