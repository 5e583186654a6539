package io.tickmesh.cluster;

import io.tickmesh.bus.LeaseGrant;
import io.tickmesh.bus.LeaseMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One node's way from a claim to a lease and to its end. Each claim has an epoch of its own. */
final class LeaseHolder {
    private enum Phase {
        IDLE,
        ASKING,
        CONFIRMING,
        OWNING,
        LEAVING,
        ABORTING
    }

    private record Beat(long id, Moment sent, Ballot ballot) {}

    private static final int REMEMBERED_BEATS = 8;

    private final String pool;
    private final String node;
    private final Set<LeaseRule> rules;
    private final Electorate electorate;
    private final LeaseTalk talk;
    private final Deque<Beat> beats = new ArrayDeque<>();
    private Phase phase = Phase.IDLE;
    private Ballot words = new Ballot();
    private long epoch = LeaseMessage.NO_EPOCH;
    private long predecessor = LeaseMessage.NO_EPOCH;
    private String successor = "";
    private Moment phaseSince;
    private Moment leaseSince;
    private @Nullable LeaseGrant grant;
    private long nextId;
    private long countedFromId;

    LeaseHolder(String pool, String node, Set<LeaseRule> rules, Electorate electorate, LeaseTalk talk, Moment start) {
        this.pool = pool;
        this.node = node;
        this.rules = rules;
        this.electorate = electorate;
        this.talk = talk;
        this.phaseSince = start;
        this.leaseSince = start;
        this.nextId = start.wallMillis() << 20;
    }

    long epoch() {
        return epoch;
    }

    boolean idle() {
        return phase == Phase.IDLE;
    }

    boolean claiming() {
        return phase == Phase.ASKING || phase == Phase.CONFIRMING;
    }

    boolean owning() {
        return phase == Phase.OWNING || phase == Phase.LEAVING;
    }

    Duty duty() {
        return switch (phase) {
            case IDLE, ASKING, CONFIRMING -> Duty.NOTHING;
            case OWNING -> Duty.ACT;
            case LEAVING -> Duty.LEAVE;
            case ABORTING -> Duty.ABORT;
        };
    }

    @Nullable
    LeaseGrant grant() {
        return owning() ? grant : null;
    }

    void claim(long newEpoch, long releasedEpoch, Moment now) {
        electorate.onClaim();
        epoch = newEpoch;
        predecessor = releasedEpoch;
        successor = "";
        words = new Ballot();
        beats.clear();
        enter(Phase.ASKING, now);
        if (rules.contains(LeaseRule.WORDS_FIRST)) {
            talk.sayToAll(electorate.electors(), new LeaseMessage.Ask(node, pool, epoch, predecessor));
        } else {
            enter(Phase.CONFIRMING, now);
            beat(now);
        }
    }

    private void enter(Phase next, Moment now) {
        phase = next;
        phaseSince = now;
    }

    /** Ends what time has ended, and sends the heartbeat that is due. */
    void onTick(Moment now) {
        expire(now);
        if ((owning() || phase == Phase.CONFIRMING)
                && (beats.isEmpty() || now.millisSince(beats.getLast().sent()) >= LeaseTimes.HEARTBEAT)) {
            beat(now);
        }
    }

    void expire(Moment now) {
        boolean leaseOver =
                owning() && rules.contains(LeaseRule.NEVER_RESUMED) && !young(leaseSince, LeaseTimes.LEASE, now);
        boolean claimOver = claiming() && !young(phaseSince, LeaseTimes.CLAIM, now);
        if (leaseOver || claimOver) {
            stop(now);
        }
    }

    private boolean young(Moment since, long millis, Moment now) {
        return rules.contains(LeaseRule.WALL_CLOCK) ? now.within(millis, since) : now.millisSince(since) < millis;
    }

    private void beat(Moment now) {
        Beat beat = new Beat(nextId++, now, new Ballot());
        beats.add(beat);
        if (beats.size() > REMEMBERED_BEATS) {
            beats.remove();
        }
        talk.sayToAll(
                electorate.everyone(), new LeaseMessage.Heartbeat(node, pool, epoch, predecessor, beat.id(), owning()));
    }

    void onWord(LeaseMessage.Word word, Moment now) {
        if (phase != Phase.ASKING || word.epoch() != epoch) {
            return;
        }
        if (!word.granted()) {
            words.no(word.from());
            if (electorate.claimLost(words)) {
                stop(now);
            }
            return;
        }
        words.yes(word.from());
        if (electorate.claimWon(words)) {
            enter(Phase.CONFIRMING, now);
            words = new Ballot();
            beat(now);
            if (!rules.contains(LeaseRule.CONFIRMED_FIRST)) {
                extend(beats.getLast(), now);
            }
        }
    }

    void onRefuse(LeaseMessage.Refuse refuse, Moment now) {
        if (refuse.epoch() != epoch) {
            return;
        }
        if (owning() && refuse.highest() >= epoch && rules.contains(LeaseRule.HIGHER_STOPS)) {
            stop(now);
        } else if (phase == Phase.CONFIRMING) {
            words.no(refuse.from());
            if (electorate.claimLost(words)) {
                stop(now);
            }
        }
    }

    void onAcknowledge(LeaseMessage.Acknowledge acknowledge, Moment now) {
        if (acknowledge.epoch() != epoch || !(owning() || phase == Phase.CONFIRMING)) {
            return;
        }
        for (Beat beat : beats) {
            if (beat.id() == acknowledge.id()) {
                beat.ballot().yes(acknowledge.from());
                electorate.onAcknowledge(acknowledge.from());
            }
        }
        count(now);
    }

    /** Members have gone: fewer acknowledgements may be enough. */
    void onMembers(Moment now) {
        if (owning() || phase == Phase.CONFIRMING) {
            count(now);
        }
    }

    private void count(Moment now) {
        for (Beat beat : beats) {
            if (beat.id() >= countedFromId && electorate.heartbeatCounts(beat.ballot())) {
                extend(beat, now);
            }
        }
    }

    private void extend(Beat beat, Moment now) {
        Moment from = rules.contains(LeaseRule.FROM_SENDING) ? beat.sent() : now;
        if (!young(from, LeaseTimes.LEASE, now) || (grant != null && from.nanos() - leaseSince.nanos() < 0)) {
            return;
        }
        countedFromId = beat.id();
        leaseSince = from;
        grant = new LeaseGrant(
                pool,
                epoch,
                from.nanos() + TimeUnit.MILLISECONDS.toNanos(LeaseTimes.LEASE),
                rules.contains(LeaseRule.WALL_CLOCK) ? from.wallMillis() + LeaseTimes.LEASE : Long.MAX_VALUE,
                false);
        if (phase == Phase.CONFIRMING) {
            enter(Phase.OWNING, now);
        }
    }

    /** The machine stood still: nothing that was sent before counts, and nothing may be done until a new heartbeat does. */
    void suspend() {
        countedFromId = nextId;
        grant = null;
    }

    void leave(String to, Moment now) {
        if (phase == Phase.OWNING) {
            successor = to;
            enter(Phase.LEAVING, now);
            if (!rules.contains(LeaseRule.CLOSED_FIRST)) {
                talk.sayToAll(electorate.everyone(), new LeaseMessage.Release(node, pool, epoch, successor));
            }
        }
    }

    /**
     * Never to be resumed. What is open is aborted first, then the epoch released. A mere claim is not released: the
     * epoch may come to be another's, and a late release would then take it from its owner.
     */
    void stop(Moment now) {
        grant = null;
        successor = "";
        if (owning()) {
            enter(Phase.ABORTING, now);
        } else if (claiming()) {
            end(now);
        }
    }

    void onUpstreamClosed(long closedEpoch, Moment now) {
        if (closedEpoch == epoch && (phase == Phase.LEAVING || phase == Phase.ABORTING)) {
            end(now);
            talk.sayToAll(electorate.everyone(), new LeaseMessage.Release(node, pool, epoch, successor));
        }
    }

    private void end(Moment now) {
        enter(Phase.IDLE, now);
        grant = null;
        beats.clear();
    }
}
