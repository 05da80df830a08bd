package io.thermolake.asl.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StateMachineExtension.class)
class OrderTest {
    @Test
    void aFreeItemIsShipped(
            @StateMachine(
                            value = "src/test/resources/order.asl.json",
                            substitutions = {
                                "ReserveFunctionArn",
                                "arn:aws:lambda:us-east-1:111111111111:function:reserve"
                            },
                            coverage = 40)
                    Machine order) {
        Mocks mocks = new Mocks().returns("Reserve", Map.of("price", 0)).returns("Ship", "sent");
        assertThat(order.run(Map.of("item", "book"), mocks).output()).isEqualTo("sent");
    }
}
