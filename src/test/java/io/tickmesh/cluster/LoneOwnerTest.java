package io.tickmesh.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.LeaseGrant;
import org.junit.jupiter.api.Test;

final class LoneOwnerTest {
    private final LoneOwner owner = new LoneOwner(2_000);

    @Test
    void shouldExtendALeaseUnderTheSameEpoch() {
        LeaseGrant first = owner.beat("fmp.stock", 100, 5_000);
        LeaseGrant second = owner.beat("fmp.stock", 500, 5_400);
        assertThat(first).isEqualTo(new LeaseGrant("fmp.stock", 5_000, 2_100, Long.MAX_VALUE));
        assertThat(second).isEqualTo(new LeaseGrant("fmp.stock", 5_000, 2_500, Long.MAX_VALUE));
    }

    @Test
    void shouldBeginAHigherEpochAfterAPauseEvenIfTheClockWentBack() {
        owner.beat("fmp.stock", 100, 5_000);
        assertThat(owner.beat("fmp.stock", 2_100, 4_000).epoch()).isEqualTo(5_001);
        assertThat(owner.beat("fmp.stock", 9_999, 9_000).epoch()).isEqualTo(9_000);
    }
}
