package io.tickmesh.cluster;

import io.tickmesh.bus.LeaseGrant;
import io.tickmesh.bus.LeaseMessage;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One node's part in the lease of one pool: it votes, and it may own. Agreed by messages between voters; time and
 * messages are passed in, and what is to be sent comes back. No clock is compared across machines.
 *
 * <p>To be called from one thread, {@link #onTick} every {@link LeaseTimes#TICK}. Whoever reads the duty LEAVE or ABORT
 * answers with {@link #onUpstreamClosed}, even when nothing was open.
 */
final class PoolLease {
    /** Epochs of different nodes differ in their last digits, so that the two sides of a cut never name the same. */
    private static final long EPOCH_DIGITS = 1_000;

    private final String node;
    private final Set<LeaseRule> rules;
    private final Electorate electorate;
    private final LeaseTalk talk;
    private final LeaseVoter voter;
    private final LeaseHolder holder;
    private final OwnerSight sight = new OwnerSight();
    private final ClaimTimer timer;
    private final Hearing hearing = new Hearing();
    private boolean wanted = true;
    private long seen = LeaseMessage.NO_EPOCH;
    private long seenElsewhere = LeaseMessage.NO_EPOCH;
    private boolean claiming;
    private boolean takesOver;
    private long tookOverNanos;
    private boolean tookOver;
    private Moment now;

    PoolLease(String pool, String node, List<String> voters, Collection<String> live, long nanos, long wallMillis) {
        this(pool, new Seat(node, voters, live), EnumSet.allOf(LeaseRule.class), new Moment(nanos, wallMillis));
    }

    /** For the model test, which leaves rules out. */
    PoolLease(String pool, Seat seat, Set<LeaseRule> rules, Moment start) {
        this.node = seat.node();
        this.rules = rules;
        this.now = start;
        this.electorate = new Electorate(node, seat.voters(), seat.live(), rules.contains(LeaseRule.NEWCOMERS_LATER));
        this.talk = new LeaseTalk(node);
        this.voter = new LeaseVoter(pool, node, rules, electorate, start);
        this.holder = new LeaseHolder(pool, node, rules, electorate, talk, start);
        this.timer = new ClaimTimer(pool, node, electorate, sight, start);
    }

    /** A node and those it counts. */
    record Seat(String node, List<String> voters, Collection<String> live) {}

    List<Outgoing> onTick(long nanos, long wallMillis) {
        begin(nanos, wallMillis);
        if (holder.owning() && seenElsewhere > holder.epoch()) {
            holder.stop(now);
        }
        holder.onTick(now);
        claimIfDue();
        return end();
    }

    List<Outgoing> onMessage(LeaseMessage message, long nanos, long wallMillis) {
        begin(nanos, wallMillis);
        message.deliverTo(hearing);
        return end();
    }

    List<Outgoing> onMembers(Collection<String> live, long nanos, long wallMillis) {
        begin(nanos, wallMillis);
        electorate.onMembers(live);
        holder.onMembers(now);
        return end();
    }

    /** An operator's command, or the node leaves; an empty name means whoever is preferred. Only an owner heeds it. */
    List<Outgoing> handOver(String successor, long nanos, long wallMillis) {
        begin(nanos, wallMillis);
        boolean toAnother = successor.isEmpty()
                || (!successor.equals(node) && electorate.live().contains(successor));
        if (toAnother) {
            holder.leave(successor, now);
        }
        return end();
    }

    /** The pool itself found that its lease had run out: the epoch is over, though heartbeats may still be acknowledged. */
    List<Outgoing> giveUp(long epoch, long nanos, long wallMillis) {
        begin(nanos, wallMillis);
        if (epoch == holder.epoch()) {
            holder.stop(now);
        }
        return end();
    }

    /** Whether this node only listens yet, since it may have forgotten a lease that it acknowledged before its start. */
    boolean listens() {
        return voter.silent(now);
    }

    /** No upstream socket of that epoch is left. */
    List<Outgoing> onUpstreamClosed(long epoch, long nanos, long wallMillis) {
        begin(nanos, wallMillis);
        holder.onUpstreamClosed(epoch, now);
        return end();
    }

    /** Whether this node may claim the pool. Without it, it votes only; what it owns it keeps until it hands it over. */
    void wantsOwner(boolean wants) {
        wanted = wants;
    }

    /** An epoch that was read elsewhere, such as from Redis. */
    void seenEpoch(long epoch) {
        if (epoch > seenElsewhere && epoch < LeaseMessage.LAST_EPOCH - EPOCH_DIGITS) {
            seenElsewhere = epoch;
            see(epoch);
        }
    }

    /** What this node may do now, or null; {@link Duty#ACT} without it means to wait. */
    @Nullable
    LeaseGrant grant() {
        LeaseGrant grant = holder.grant();
        return grant == null || !tookOver
                ? grant
                : new LeaseGrant(
                        grant.pool(), grant.epoch(), grant.validUntilNanos(), grant.validUntilWallMillis(), true);
    }

    Duty duty() {
        return holder.duty();
    }

    /** The owner with the highest epoch this node has heard of, itself included. */
    @Nullable
    OwnerView owner() {
        return sight.view(now);
    }

    /** The epoch of this node's own lease or claim, the last one if it has none. */
    long epoch() {
        return holder.epoch();
    }

    /** Whether this node took the pool over from another epoch a short while ago. */
    boolean tookOver(long nanos) {
        return tookOver && TimeUnit.NANOSECONDS.toMillis(nanos - tookOverNanos) < LeaseTimes.TOOK_OVER;
    }

    /** Who votes, for operators. */
    String rule() {
        return electorate.rule();
    }

    private void begin(long nanos, long wallMillis) {
        Moment before = now;
        now = new Moment(nanos, wallMillis);
        holder.expire(now);
        if (now.within(LeaseTimes.GAP, before)) {
            return;
        }
        if (electorate.byVoters() || electorate.alone()) {
            holder.suspend();
        } else {
            holder.stop(now);
            voter.listenFrom(now);
            timer.restart(now);
        }
    }

    private List<Outgoing> end() {
        List<Outgoing> said = talk.end(hearing);
        if (claiming && holder.owning()) {
            tookOver = takesOver;
            tookOverNanos = now.nanos();
        } else if (claiming && !holder.claiming()) {
            timer.onFailedClaim(now);
            if (holder.idle()) {
                voter.forgo(holder.epoch());
            }
        }
        claiming = holder.claiming();
        return said;
    }

    private void claimIfDue() {
        if (holder.claiming() && !wanted) {
            holder.stop(now);
        }
        if (!wanted || !holder.idle() || voter.silent(now) || voter.waitsForAnother(now) || !timer.due(now)) {
            return;
        }
        see(voter.highest());
        takesOver = Math.max(sight.epoch(), seenElsewhere) > LeaseMessage.NO_EPOCH;
        claiming = true;
        holder.claim(nextEpoch(), timer.releasedEpoch(), now);
    }

    private long nextEpoch() {
        long least = Math.max(seen + 1, now.wallMillis());
        return least + Math.floorMod(node.hashCode() - least, EPOCH_DIGITS);
    }

    private void see(long epoch) {
        seen = Math.max(seen, epoch);
    }

    private final class Hearing implements LeaseMessage.Receiver {
        @Override
        public void onHeartbeat(LeaseMessage.Heartbeat heartbeat) {
            see(heartbeat.epoch());
            boolean another = !heartbeat.from().equals(node);
            if (another && heartbeat.epoch() >= holder.epoch() && rules.contains(LeaseRule.HIGHER_STOPS)) {
                holder.stop(now);
            }
            if (heartbeat.epoch() < sight.epoch() && rules.contains(LeaseRule.NEVER_LOWER)) {
                talk.say(
                        heartbeat.from(),
                        new LeaseMessage.Refuse(node, heartbeat.pool(), heartbeat.epoch(), sight.epoch()));
                return;
            }
            sight.onHeartbeat(heartbeat, now);
            voter.onHeartbeat(heartbeat, now, talk);
        }

        @Override
        public void onAcknowledge(LeaseMessage.Acknowledge acknowledge) {
            holder.onAcknowledge(acknowledge, now);
        }

        @Override
        public void onRefuse(LeaseMessage.Refuse refuse) {
            see(refuse.highest());
            holder.onRefuse(refuse, now);
        }

        @Override
        public void onAsk(LeaseMessage.Ask ask) {
            voter.onAsk(ask, now, talk);
        }

        @Override
        public void onWord(LeaseMessage.Word word) {
            see(word.highest());
            holder.onWord(word, now);
        }

        @Override
        public void onRelease(LeaseMessage.Release release) {
            see(release.epoch());
            voter.onRelease(release);
            timer.onRelease(release, now);
        }
    }
}
