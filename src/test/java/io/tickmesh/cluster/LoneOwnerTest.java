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
        assertThat(first).isEqualTo(new LeaseGrant("fmp.stock", 5_000, 2_000_000_100, 7_000, false));
        assertThat(second).isEqualTo(new LeaseGrant("fmp.stock", 5_000, 2_000_000_500, 7_400, false));
    }

    @Test
    void shouldBeginAHigherEpochAfterAPauseEvenIfTheClockWentBack() {
        owner.beat("fmp.stock", 100, 5_000);
        assertThat(owner.beat("fmp.stock", 2_000_000_100, 4_000).epoch()).isEqualTo(5_001);
        assertThat(owner.beat("fmp.stock", 9_000_000_000L, 9_000).epoch()).isEqualTo(9_000);
    }
}
