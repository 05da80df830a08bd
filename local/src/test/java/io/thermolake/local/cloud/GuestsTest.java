package io.thermolake.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.local.aws.OtherProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuestsTest {
    @TempDir
    Path data;

    @Test
    void aCloudsOwnerWaitsForAGuestAndNotForAKilledOne() throws Exception {
        OtherProcess guest = OtherProcess.on(data);
        Runnable kill = () -> {
            try {
                guest.kill();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };

        AutoCloseable alone = Guests.await(data, kill).orElseThrow();

        assertThat(Guests.enter(data)).isEmpty();
        alone.close();
        assertThat(Guests.enter(data)).isPresent();
    }
}
