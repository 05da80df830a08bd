package io.thermolake.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
    private static final String WHY = "The quota 'ml.m5.large for training job usage' is used up";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "The account-level service limit 'ml.m5.large for training job usage' is 0 Instances, with current utilization of 0 Instances and a request delta of 1 Instances. | ml.m5.large for training job usage",
                "The account-level service limit 'Number of instances across all training jobs' is 4 Instances | Number of instances across all training jobs",
                "The account-level service limit for training-job/ml.p2.xlarge is 0 Instances | the usual one",
                " | the usual one",
            })
    void aQuotaIsNamedAsTheServiceNamesIt(String message, String name) {
        assertThat(new QuotaExceededException("the usual one", new IllegalStateException(message)))
                .hasMessage(
                        "The quota '%s' of this account and region is used up; request a higher value in Service Quotas, Amazon SageMaker",
                        name);
    }

    @Test
    void aQuotaIsToldOnceForAllItsRooms() {
        assertThat(Refusal.told(List.of(
                        new Refusal("lab", WHY, true),
                        new Refusal("attic", WHY, false),
                        new Refusal("kitchen", WHY, true))))
                .containsExactly(
                        WHY
                                + ". Detected without SageMaker, by a forest of the functions' own: kitchen, lab. Not detected: attic.");
    }

    @Test
    void twoQuotasAreToldApart() {
        assertThat(Refusal.told(List.of(new Refusal("lab", WHY, true), new Refusal("attic", "Another", false))))
                .containsExactly(
                        WHY + ". Detected without SageMaker, by a forest of the functions' own: lab.",
                        "Another. Not detected: attic.");
    }

    @Test
    void aHouseOfRoomsIsCounted() {
        List<Refusal> many = IntStream.range(100, 131)
                .mapToObj(i -> new Refusal("r" + i, WHY, false))
                .toList();
        assertThat(Refusal.told(many)).singleElement().asString().endsWith("r118, r119 and 11 more.");
    }

    @Test
    void withoutRefusalsNothingIsTold() {
        assertThat(Refusal.told(List.of())).isEmpty();
    }
}
