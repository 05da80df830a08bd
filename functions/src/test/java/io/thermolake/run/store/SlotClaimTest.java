package io.thermolake.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.fake.FakeS3;
import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.store.LakeStore;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SlotClaimTest {
    private static final Instant SLOT = Instant.parse("2026-03-31T02:00:00Z");

    private final FakeS3 s3 = new FakeS3();
    private final SlotClaim slots = new SlotClaim(new LakeStore(s3, "lake"));

    @Test
    void theFirstRunHasTheSlotForGood() {
        assertThat(slots.claim(SLOT, "a")).isEmpty();
        assertThat(slots.claim(SLOT, "b")).contains("a");
        assertThat(slots.claim(SLOT, "a")).isEmpty();
    }

    @Test
    void anotherSlotIsFree() {
        slots.claim(SLOT, "a");

        assertThat(slots.claim(SLOT.plusSeconds(86_400), "b")).isEmpty();
    }

    @Test
    void aClaimWhoseAnswerWasLostIsOurs() {
        s3.losingTheAnswerOf(LakeLayout.slot(SLOT));

        assertThat(slots.claim(SLOT, "a")).isEmpty();
    }
}
