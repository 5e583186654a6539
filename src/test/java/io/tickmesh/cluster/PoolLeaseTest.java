package io.tickmesh.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.LeaseMessage;
import io.tickmesh.bus.Rendezvous;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PoolLeaseTest {
    private static String first(String... nodes) {
        return Rendezvous.order(LeaseBench.POOL, List.of(nodes)).get(0);
    }

    private static String last(String... nodes) {
        return Rendezvous.order(LeaseBench.POOL, List.of(nodes)).get(nodes.length - 1);
    }

    @Test
    void shouldOwnAtOnceWhenAlone() {
        LeaseBench bench = new LeaseBench();
        bench.start("a");
        bench.pass(LeaseTimes.TICK);
        assertThat(bench.owner()).isEqualTo("a");
        assertThat(bench.node("a").duty()).isEqualTo(Duty.ACT);
        assertThat(bench.node("a").rule()).isEqualTo("live members");
        assertThat(bench.node("a").tookOver(0)).isFalse();
    }

    @Test
    void shouldListenFirstAsAVoterEvenWhenAlone() {
        LeaseBench bench = new LeaseBench("a");
        bench.start("a");
        bench.pass(LeaseTimes.SILENCE - LeaseTimes.TICK);
        assertThat(bench.owner()).isEmpty();
        bench.pass(2 * LeaseTimes.TICK);
        assertThat(bench.owner()).isEqualTo("a");
        assertThat(bench.node("a").rule()).isEqualTo("voters a");
    }

    @Test
    void shouldKeepTheLeaseWithoutInterruptionWhenOthersJoin() {
        LeaseBench bench = new LeaseBench();
        bench.start("a");
        bench.pass(LeaseTimes.TICK);
        long epoch = bench.node("a").epoch();
        bench.start("b", "c");
        for (int i = 0; i < 100; i++) {
            bench.pass(LeaseTimes.TICK);
            assertThat(bench.owner()).isEqualTo("a");
        }
        assertThat(bench.node("a").epoch()).isEqualTo(epoch);
        assertThat(bench.node("b").owner()).isEqualTo(new OwnerView("a", epoch, true));
    }

    @Test
    void shouldGiveAPoolToThePreferredNode() {
        LeaseBench bench = new LeaseBench("a", "b", "c");
        bench.start("a", "b", "c");
        bench.pass(4_000);
        assertThat(bench.owner()).isEqualTo(first("a", "b", "c"));
    }

    @Test
    void shouldLetANodeThatDoesNotVoteOwn() {
        LeaseBench bench = new LeaseBench("a", "b", "c");
        bench.start("a", "b", "c", "d");
        for (String voter : List.of("a", "b", "c")) {
            bench.node(voter).wantsOwner(false);
        }
        bench.pass(5_000);
        assertThat(bench.owner()).isEqualTo("d");
    }

    @Test
    void shouldTakeOverFromAKilledOwnerInTime() {
        for (String[] voters : new String[][] {{}, {"a", "b", "c"}}) {
            LeaseBench bench = new LeaseBench(voters);
            bench.start("a", "b", "c");
            bench.pass(4_000);
            String owner = first("a", "b", "c");
            bench.kill(owner);
            assertThat(bench.millisToAnotherOwnerThan(owner)).isLessThanOrEqualTo(2_900);
            String next = bench.owner();
            assertThat(bench.node(next).tookOver(bench.millis() * 1_000_000)).isTrue();
            assertThat(bench.node(next).tookOver((bench.millis() + LeaseTimes.TOOK_OVER) * 1_000_000))
                    .isFalse();
        }
    }

    @Test
    void shouldTakeOverFromAnOwnerThatIsCutOffAndTakeItBackIn() {
        LeaseBench bench = new LeaseBench("a", "b", "c");
        bench.start("a", "b", "c");
        bench.pass(4_000);
        String owner = first("a", "b", "c");
        long epoch = bench.node(owner).epoch();
        bench.cutOff(owner);
        assertThat(bench.millisToAnotherOwnerThan(owner)).isLessThanOrEqualTo(2_900);
        String next = bench.owner();
        bench.heal();
        bench.pass(10_000);
        assertThat(bench.owner()).isEqualTo(next);
        OwnerView view = bench.node(owner).owner();
        assertThat(view).isEqualTo(new OwnerView(next, bench.node(next).epoch(), true));
        assertThat(bench.node(next).epoch()).isGreaterThan(epoch);
    }

    @Test
    void shouldLeaveTheOwnerAloneWhenAVoterThatFollowedItComesBackFromACut() {
        LeaseBench bench = new LeaseBench("a", "b", "c");
        bench.start("a", "b", "c");
        bench.pass(4_000);
        String owner = bench.owner();
        long epoch = bench.node(owner).epoch();
        bench.cutOff(last("a", "b", "c"));
        // meanwhile it claims, and gives its own word to itself
        bench.pass(20_000);
        bench.heal();
        for (int i = 0; i < 60; i++) {
            bench.pass(LeaseTimes.TICK);
            assertThat(bench.node(owner).duty()).isEqualTo(Duty.ACT);
        }
        assertThat(bench.node(owner).epoch()).isEqualTo(epoch);
    }

    @Test
    void shouldClaimAnewWhatThePoolItselfGaveUp() {
        LeaseBench bench = new LeaseBench();
        bench.start("a");
        bench.pass(LeaseTimes.TICK);
        long epoch = bench.node("a").epoch();
        bench.giveUp("a", epoch - 1);
        assertThat(bench.node("a").duty()).isEqualTo(Duty.ACT);
        bench.giveUp("a", epoch);
        assertThat(bench.node("a").duty()).isEqualTo(Duty.ABORT);
        bench.pass(1_000);
        assertThat(bench.owner()).isEqualTo("a");
        assertThat(bench.node("a").epoch()).isGreaterThan(epoch);
    }

    @Test
    void shouldMoveAPoolToTheNamedNodeAtOnceAndLeaveItThere() {
        LeaseBench bench = new LeaseBench("a", "b", "c");
        bench.start("a", "b", "c");
        bench.pass(4_000);
        String owner = first("a", "b", "c");
        String chosen = last("a", "b", "c");
        bench.handOver(owner, chosen);
        bench.pass(LeaseTimes.HEARTBEAT);
        assertThat(bench.node(owner).duty()).isEqualTo(Duty.LEAVE);
        assertThat(bench.owner()).as("until its upstream is closed").isEqualTo(owner);
        bench.closeUpstream(owner);
        assertThat(bench.owner()).isEmpty();
        bench.pass(LeaseTimes.TICK);
        assertThat(bench.owner()).isEqualTo(chosen);
        bench.pass(20_000);
        assertThat(bench.owner()).isEqualTo(chosen);
    }

    @Test
    void shouldNotMoveAPoolToANodeThatIsNotThere() {
        LeaseBench bench = new LeaseBench();
        bench.start("a", "b");
        bench.pass(4_000);
        String owner = first("a", "b");
        bench.handOver(owner, "z");
        bench.handOver(owner, owner);
        assertThat(bench.node(owner).duty()).isEqualTo(Duty.ACT);
    }

    @Test
    void shouldLeaveToWhoeverIsPreferredNext() {
        LeaseBench bench = new LeaseBench();
        bench.start("a", "b", "c");
        bench.pass(4_000);
        String owner = first("a", "b", "c");
        bench.node(owner).wantsOwner(false);
        bench.handOver(owner, "");
        bench.closeUpstream(owner);
        bench.pass(LeaseTimes.TICK);
        assertThat(bench.owner())
                .isEqualTo(Rendezvous.order(LeaseBench.POOL, List.of("a", "b", "c"))
                        .get(1));
    }

    @Test
    void shouldRefuseALowerEpochAndNameTheHighest() {
        LeaseBench bench = new LeaseBench("a", "b", "c");
        bench.start("a");
        bench.node("a").wantsOwner(false);
        bench.pass(LeaseTimes.SILENCE);
        assertThat(bench.tell("a", new LeaseMessage.Heartbeat("b", LeaseBench.POOL, 100, 0, 1, true)))
                .containsExactly(new Outgoing("b", new LeaseMessage.Acknowledge("a", LeaseBench.POOL, 100, 1)));
        assertThat(bench.tell("a", new LeaseMessage.Heartbeat("c", LeaseBench.POOL, 99, 0, 1, true)))
                .containsExactly(new Outgoing("c", new LeaseMessage.Refuse("a", LeaseBench.POOL, 99, 100)));
        assertThat(bench.tell("a", new LeaseMessage.Ask("c", LeaseBench.POOL, 101, 0)))
                .containsExactly(new Outgoing("c", new LeaseMessage.Word("a", LeaseBench.POOL, 101, false, 100)));
        assertThat(bench.tell("a", new LeaseMessage.Ask("c", LeaseBench.POOL, 102, 100)))
                .as("the epoch it stays with was released")
                .containsExactly(new Outgoing("c", new LeaseMessage.Word("a", LeaseBench.POOL, 102, true, 102)));
    }

    @Test
    void shouldTellAnOwnerThatHasForgottenItOfItsOwnHigherEpoch() {
        LeaseBench bench = new LeaseBench("a", "b", "c");
        bench.start("a");
        bench.node("a").wantsOwner(false);
        bench.pass(LeaseTimes.SILENCE);
        bench.tell("a", new LeaseMessage.Heartbeat("b", LeaseBench.POOL, 100, 0, 1, false));
        assertThat(bench.tell("a", new LeaseMessage.Heartbeat("b", LeaseBench.POOL, 99, 0, 2, true)))
                .containsExactly(new Outgoing("b", new LeaseMessage.Refuse("a", LeaseBench.POOL, 99, 100)));
    }

    @Test
    void shouldGiveItsWordForAnEpochToOneClaimantAndLetItLapse() {
        LeaseBench bench = new LeaseBench("a", "b", "c");
        bench.start("a");
        bench.node("a").wantsOwner(false);
        bench.pass(LeaseTimes.SILENCE);
        LeaseMessage other = new LeaseMessage.Heartbeat("c", LeaseBench.POOL, 101, 0, 1, false);
        LeaseMessage lower = new LeaseMessage.Heartbeat("c", LeaseBench.POOL, 100, 0, 2, true);
        assertThat(bench.tell("a", new LeaseMessage.Ask("b", LeaseBench.POOL, 101, 0)))
                .containsExactly(new Outgoing("b", new LeaseMessage.Word("a", LeaseBench.POOL, 101, true, 101)));
        assertThat(bench.tell("a", new LeaseMessage.Ask("c", LeaseBench.POOL, 101, 0)))
                .containsExactly(new Outgoing("c", new LeaseMessage.Word("a", LeaseBench.POOL, 101, false, 101)));
        assertThat(bench.tell("a", other))
                .containsExactly(new Outgoing("c", new LeaseMessage.Refuse("a", LeaseBench.POOL, 101, 0)));
        assertThat(bench.tell("a", lower))
                .containsExactly(new Outgoing("c", new LeaseMessage.Refuse("a", LeaseBench.POOL, 100, 0)));
        bench.pass(LeaseTimes.HOLD);
        assertThat(bench.tell("a", lower))
                .containsExactly(new Outgoing("c", new LeaseMessage.Acknowledge("a", LeaseBench.POOL, 100, 2)));
        assertThat(bench.tell("a", new LeaseMessage.Ask("c", LeaseBench.POOL, 101, 0)))
                .as("a lapsed word has used its epoch up")
                .containsExactly(new Outgoing("c", new LeaseMessage.Word("a", LeaseBench.POOL, 101, false, 101)));
    }

    @Test
    void shouldStopAtAnEpochThatWasReadElsewhereAndClaimAHigherOne() {
        LeaseBench bench = new LeaseBench();
        bench.start("a");
        bench.pass(LeaseTimes.TICK);
        long elsewhere = bench.node("a").epoch() + 10_000;
        bench.node("a").seenEpoch(elsewhere);
        bench.pass(3 * LeaseTimes.TICK);
        assertThat(bench.owner()).isEqualTo("a");
        assertThat(bench.node("a").epoch()).isGreaterThan(elsewhere);
    }

    @Test
    void shouldLoseTheLeaseToTheWallClockWhenTheOtherClockStoodStill() {
        PoolLease lease = new PoolLease(LeaseBench.POOL, "a", List.of(), List.of(), 0, 5_000);
        lease.onTick(0, 5_000);
        assertThat(lease.duty()).isEqualTo(Duty.ACT);
        lease.onTick(0, 5_000 + LeaseTimes.LEASE);
        assertThat(lease.duty()).isEqualTo(Duty.ABORT);
        long epoch = lease.epoch();
        lease.onUpstreamClosed(epoch, 0, 7_001);
        lease.onTick(0, 7_002);
        assertThat(lease.duty()).isEqualTo(Duty.ACT);
        assertThat(lease.epoch()).isGreaterThan(epoch);
    }

    @Test
    void shouldKeepASilentLoneOwnerWaitingAfterAGapUntilItsNextHeartbeat() {
        PoolLease lease = new PoolLease(LeaseBench.POOL, "a", List.of(), List.of(), 0, 5_000);
        lease.onTick(0, 5_000);
        lease.onMembers(List.of("a"), 0, 6_100);
        assertThat(lease.duty()).isEqualTo(Duty.ACT);
        assertThat(lease.grant()).isNull();
        lease.onTick(400_000_000, 6_500);
        assertThat(lease.grant()).isNotNull();
    }
}
