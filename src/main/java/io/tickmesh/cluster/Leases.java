package io.tickmesh.cluster;

import io.tickmesh.bus.LeaseEnd;
import io.tickmesh.bus.LeaseGrant;
import io.tickmesh.bus.LeaseMail;
import io.tickmesh.bus.LeaseMessage;
import io.tickmesh.bus.PoolOwner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The leases of every pool that this node has heard of: it votes also on those that it does not have itself. After each
 * event it tells, through {@link Effects}, what is to be sent and what has changed.
 */
final class Leases {
    /** A stranger that makes up pools must not fill the memory. */
    private static final int MOST_POOLS = 1_024;

    /** What comes of an event. */
    interface Effects {
        void mail(String to, LeaseMail mail);

        void granted(LeaseGrant grant);

        void ended(LeaseEnd end);

        /**
         * Somebody owns the pool, or is silent, or is heard again.
         *
         * @param first whether no owner of it was known before
         */
        void owner(PoolOwner owner, boolean first);
    }

    private static final class Line {
        private final PoolLease lease;
        private @Nullable LeaseGrant granted;
        private @Nullable LeaseEnd ended;
        private @Nullable OwnerView owner;

        Line(PoolLease lease) {
            this.lease = lease;
        }
    }

    private final String node;
    private final List<String> voters;
    private final Set<String> here;
    private final Effects effects;
    private final SortedMap<String, Line> lines = new TreeMap<>();
    private final Map<String, List<LeaseMessage>> letters = new LinkedHashMap<>();
    private Collection<String> live;
    private boolean leaving;

    /**
     * The leases of a node.
     *
     * @param pools those that this node has, and may own
     */
    Leases(PoolLease.Seat seat, Collection<String> pools, Effects effects, Moment now) {
        this.node = seat.node();
        this.voters = seat.voters();
        this.live = seat.live();
        this.here = Set.copyOf(pools);
        this.effects = effects;
        pools.forEach(pool -> line(pool, now));
    }

    private Line line(String pool, Moment now) {
        return lines.computeIfAbsent(pool, fresh -> {
            PoolLease lease = new PoolLease(pool, node, voters, live, now.nanos(), now.wallMillis());
            lease.wantsOwner(!leaving && here.contains(pool));
            return new Line(lease);
        });
    }

    void onTick(Moment now) {
        lines.forEach((pool, line) -> settle(pool, line, line.lease.onTick(now.nanos(), now.wallMillis())));
        post();
    }

    void onMail(LeaseMail mail, Moment now) {
        for (LeaseMessage message : mail.messages()) {
            String pool = message.pool();
            if (lines.containsKey(pool) || lines.size() < MOST_POOLS) {
                Line line = line(pool, now);
                settle(pool, line, line.lease.onMessage(message, now.nanos(), now.wallMillis()));
            }
        }
        post();
    }

    void onMembers(Collection<String> members, Moment now) {
        live = members;
        lines.forEach((pool, line) -> settle(pool, line, line.lease.onMembers(members, now.nanos(), now.wallMillis())));
        post();
    }

    void onUpstreamClosed(LeaseEnd end, Moment now) {
        Line line = line(end.pool(), now);
        settle(end.pool(), line, line.lease.onUpstreamClosed(end.epoch(), now.nanos(), now.wallMillis()));
        post();
    }

    /** A pool of this node gave an epoch up by itself. */
    void giveUp(LeaseEnd end, Moment now) {
        Line line = line(end.pool(), now);
        settle(end.pool(), line, line.lease.giveUp(end.epoch(), now.nanos(), now.wallMillis()));
        post();
    }

    /** An epoch that was read elsewhere, if it is of a pool that is known. */
    void seenEpoch(String pool, long epoch) {
        Line line = lines.get(pool);
        if (line != null) {
            line.lease.seenEpoch(epoch);
        }
    }

    /** Whether this node only listens yet to what others agree on. */
    boolean listens() {
        for (Line line : lines.values()) {
            if (line.lease.listens()) {
                return true;
            }
        }
        return false;
    }

    /** Begins to give a pool away; to whoever is preferred if no successor is named. */
    void handOver(String pool, String successor, Moment now) {
        Line line = line(pool, now);
        settle(pool, line, line.lease.handOver(successor, now.nanos(), now.wallMillis()));
        post();
    }

    /** This node leaves: it claims nothing more, and gives everything away. */
    void leave(Moment now) {
        leaving = true;
        for (String pool : List.copyOf(lines.keySet())) {
            line(pool, now).lease.wantsOwner(false);
            handOver(pool, "", now);
        }
    }

    /** Whether nothing is owned here, nor about to be. */
    boolean idle() {
        return lines.values().stream().allMatch(line -> line.lease.duty() == Duty.NOTHING);
    }

    private void settle(String pool, Line line, List<Outgoing> said) {
        for (Outgoing outgoing : said) {
            letters.computeIfAbsent(outgoing.to(), to -> new ArrayList<>()).add(outgoing.message());
        }
        @Nullable LeaseGrant grant = line.lease.grant();
        if (grant != null && !grant.equals(line.granted)) {
            line.granted = grant;
            effects.granted(grant);
        }
        Duty duty = line.lease.duty();
        if (duty == Duty.LEAVE || duty == Duty.ABORT) {
            LeaseEnd end = new LeaseEnd(pool, line.lease.epoch(), duty == Duty.LEAVE);
            if (!end.equals(line.ended)) {
                line.ended = end;
                effects.ended(end);
            }
        }
        @Nullable OwnerView owner = line.lease.owner();
        if (owner != null && !owner.equals(line.owner)) {
            boolean first = line.owner == null;
            line.owner = owner;
            effects.owner(new PoolOwner(pool, owner.node(), owner.epoch(), owner.heard()), first);
        }
    }

    private void post() {
        Map<String, List<LeaseMessage>> due = new LinkedHashMap<>(letters);
        letters.clear();
        due.forEach((to, messages) -> effects.mail(to, new LeaseMail(node, messages)));
    }

    /** The owner of each pool, as this node sees it; a pool without one is left out. */
    SortedMap<String, PoolOwner> owners() {
        SortedMap<String, PoolOwner> owners = new TreeMap<>();
        lines.forEach((pool, line) -> {
            OwnerView owner = line.owner;
            if (owner != null) {
                owners.put(pool, new PoolOwner(pool, owner.node(), owner.epoch(), owner.heard()));
            }
        });
        return owners;
    }

    Set<String> known() {
        return new HashSet<>(lines.keySet());
    }

    /** The pools that this node has itself. */
    Set<String> here() {
        return here;
    }

    boolean has(String pool) {
        return here.contains(pool);
    }

    /** Whether this node holds the lease of a pool and means to keep it. */
    boolean owns(String pool) {
        Line line = lines.get(pool);
        return line != null && line.lease.duty() == Duty.ACT;
    }
}
