package io.thermolake.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.200.0/24, true",
        "10.1.0.0/24, 10.1.0.0/24, true",
        "10.1.0.0/24, 10.1.1.0/24, false",
        "10.1.0.128/25, 10.1.0.0/25, false",
        "10.0.0.0/8, 172.16.0.0/12, false",
        "0.0.0.0/0, 192.168.7.0/24, true",
        "192.168.7.9/32, 192.168.7.8/31, true",
        "255.255.255.255/32, 255.255.255.254/32, false",
    })
    void blocksOverlapOrNot(String one, String other, boolean overlap) {
        Cidr a = Cidr.parse("A", one);
        Cidr b = Cidr.parse("B", other);
        assertThat(a.overlaps(b)).isEqualTo(overlap);
        assertThat(b.overlaps(a)).isEqualTo(overlap);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.1.0.0", "10.1.0.0/33", "10.1.0.256/32", "10.1.0/24", "fd00::/8", "10.1.0.0/24 "})
    void whatIsNoBlockIsNamed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cidr.parse("PeerCidr", text))
                .withMessage("PeerCidr must be a block of IPv4 addresses such as 10.1.0.0/24 but is '" + text + "'");
    }

    @Test
    void aBlockBeginsWhereItMay() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cidr.parse("NetworkCidr", "10.1.0.64/24"))
                .withMessage("NetworkCidr is 10.1.0.64/24, but a block of /24 does not begin at that address");
    }
}
