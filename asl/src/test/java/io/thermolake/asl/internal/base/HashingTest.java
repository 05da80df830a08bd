package io.thermolake.asl.internal.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashingTest {
    /** The test vectors of FIPS 180 and RFC 1321 for "abc", and UTF-8's two bytes of é. */
    @ParameterizedTest
    @CsvSource({
        "abc, MD5, 900150983cd24fb0d6963f7d28e17f72",
        "abc, SHA-1, a9993e364706816aba3e25717850c26c9cd0d89d",
        "abc, SHA-256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "abc, SHA-384, cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
        "abc, SHA-512, ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "é, MD5, 66ddcd97cfdeabb2f6fb8a999b4bc76f",
        "'', MD5, d41d8cd98f00b204e9800998ecf8427e",
    })
    void aHashIsLowerCaseHexadecimal(String text, String algorithm, String hash) {
        assertThat(Hashing.hex(text, algorithm)).isEqualTo(hash);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MD2", "sha-256", "SHA-224", ""})
    void onlyFiveAlgorithmsAreThere(String algorithm) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hashing.hex("abc", algorithm))
                .withMessage("The hash must be one of [MD5, SHA-1, SHA-256, SHA-384, SHA-512] but is " + algorithm);
    }

    @Test
    void aUuidIsRandomInAllItsOtherBits() {
        Random random = new Random(1);
        long[] ones = new long[2];
        long[] zeros = new long[2];
        for (int i = 0; i < 64; i++) {
            UUID uuid = UUID.fromString(Hashing.uuid(random));
            assertThat(uuid.version()).isEqualTo(4);
            assertThat(uuid.variant()).isEqualTo(2);
            ones[0] |= uuid.getMostSignificantBits();
            zeros[0] |= ~uuid.getMostSignificantBits();
            ones[1] |= uuid.getLeastSignificantBits();
            zeros[1] |= ~uuid.getLeastSignificantBits();
        }
        assertThat(ones).containsExactly(~0xB000L, ~0x4000000000000000L);
        assertThat(zeros).containsExactly(~0x4000L, ~0x8000000000000000L);
        assertThat(Hashing.uuid(new Random(1))).isEqualTo(Hashing.uuid(new Random(1)));
    }
}
