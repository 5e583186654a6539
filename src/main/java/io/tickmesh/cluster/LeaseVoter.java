package io.tickmesh.cluster;

import io.tickmesh.bus.LeaseMessage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One node's vote on a pool. What it hears while it is silent it minds as if it had acknowledged it: in a cluster without
 * voters an owner does not count it yet, and must not be voted down by such nodes.
 */
final class LeaseVoter {
    private record Promise(String owner, long epoch, Moment at) {}

    private final String pool;
    private final String node;
    private final Set<LeaseRule> rules;
    private final Electorate electorate;
    private Moment listeningSince;
    private boolean listened;
    private @Nullable Promise acknowledged;
    private @Nullable Promise word;
    private long highest = LeaseMessage.NO_EPOCH;
    private long released = LeaseMessage.NO_EPOCH;
    private long forgone = LeaseMessage.NO_EPOCH;

    LeaseVoter(String pool, String node, Set<LeaseRule> rules, Electorate electorate, Moment start) {
        this.pool = pool;
        this.node = node;
        this.rules = rules;
        this.electorate = electorate;
        this.listeningSince = start;
    }

    /** Begins anew to listen only. */
    void listenFrom(Moment now) {
        listeningSince = now;
        listened = false;
    }

    /** A node that was alone once has nothing to wait for, whoever joins it then. */
    boolean silent(Moment now) {
        listened = listened || electorate.alone() || now.millisSince(listeningSince) >= LeaseTimes.SILENCE;
        return !listened && rules.contains(LeaseRule.SILENCE);
    }

    /** The highest epoch ever acknowledged or promised: a word that lapses still used its epoch up. */
    long highest() {
        return highest;
    }

    /**
     * Whether another has this node's word and may still make it good. To claim meanwhile would take the word back: two that
     * do so by turns keep each other from the pool for as long as their messages are slow.
     */
    boolean waitsForAnother(Moment now) {
        return word != null
                && !word.owner().equals(node)
                && word.epoch() > epochOf(acknowledged)
                && now.millisSince(word.at()) < LeaseTimes.CLAIM;
    }

    private long highestThatBinds() {
        return Math.max(epochOf(acknowledged), epochOf(word));
    }

    private static long epochOf(@Nullable Promise promise) {
        return promise == null ? LeaseMessage.NO_EPOCH : promise.epoch();
    }

    void onHeartbeat(LeaseMessage.Heartbeat heartbeat, Moment now, LeaseTalk talk) {
        if (!electorate.thisNodeVotes() || heartbeat.epoch() == released) {
            return;
        }
        lapse(now);
        boolean refused = below(heartbeat) || held(heartbeat.from(), heartbeat.predecessor(), now);
        if (!refused) {
            acknowledged = new Promise(heartbeat.from(), heartbeat.epoch(), now);
            highest = Math.max(highest, heartbeat.epoch());
        }
        if (silent(now)) {
            return;
        }
        talk.say(
                heartbeat.from(),
                refused
                        ? new LeaseMessage.Refuse(node, pool, heartbeat.epoch(), acknowledgedBeside(heartbeat))
                        : new LeaseMessage.Acknowledge(node, pool, heartbeat.epoch(), heartbeat.id()));
    }

    /**
     * That this node followed the owner itself until its own claim is nothing for which the owner has to stop; unless that
     * was in a higher epoch, which the owner has forgotten: this node would refuse it for good.
     */
    private long acknowledgedBeside(LeaseMessage.Heartbeat heartbeat) {
        return acknowledged != null
                        && acknowledged.owner().equals(heartbeat.from())
                        && acknowledged.epoch() <= heartbeat.epoch()
                ? LeaseMessage.NO_EPOCH
                : epochOf(acknowledged);
    }

    private boolean below(LeaseMessage.Heartbeat heartbeat) {
        long binding = highestThatBinds();
        if (heartbeat.epoch() < binding) {
            return rules.contains(LeaseRule.NEVER_LOWER);
        }
        return heartbeat.epoch() == binding
                && rules.contains(LeaseRule.ONE_WORD)
                && (ofAnother(acknowledged, heartbeat) || ofAnother(word, heartbeat));
    }

    private static boolean ofAnother(@Nullable Promise promise, LeaseMessage.Heartbeat heartbeat) {
        return promise != null
                && promise.epoch() == heartbeat.epoch()
                && !promise.owner().equals(heartbeat.from());
    }

    /** Whether the owner that was acknowledged last may still act. */
    private boolean held(String claimant, long predecessor, Moment now) {
        Promise last = acknowledged;
        return last != null
                && rules.contains(LeaseRule.HOLD)
                && !last.owner().equals(claimant)
                && last.epoch() != released
                && last.epoch() != predecessor
                && !(last.owner().equals(node) && last.epoch() == forgone)
                && now.millisSince(last.at()) < LeaseTimes.HOLD;
    }

    private void lapse(Moment now) {
        if (word != null && rules.contains(LeaseRule.WORD_LAPSES) && now.millisSince(word.at()) >= LeaseTimes.HOLD) {
            word = null;
        }
    }

    void onAsk(LeaseMessage.Ask ask, Moment now, LeaseTalk talk) {
        if (!electorate.thisNodeVotes()) {
            return;
        }
        lapse(now);
        boolean above = ask.epoch() > highest || !rules.contains(LeaseRule.NEVER_LOWER);
        boolean granted = !silent(now) && above && !held(ask.from(), ask.predecessor(), now);
        if (granted && rules.contains(LeaseRule.ONE_WORD)) {
            word = new Promise(ask.from(), ask.epoch(), now);
            highest = Math.max(highest, ask.epoch());
        }
        talk.say(ask.from(), new LeaseMessage.Word(node, pool, ask.epoch(), granted, highest));
    }

    /** This node's own claim came to nothing: nobody acted in that epoch, so nobody needs to wait for its end. */
    void forgo(long epoch) {
        forgone = epoch;
    }

    void onRelease(LeaseMessage.Release release) {
        released = Math.max(released, release.epoch());
    }
}
