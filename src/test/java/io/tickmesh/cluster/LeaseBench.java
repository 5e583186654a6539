package io.tickmesh.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.LeaseGrant;
import io.tickmesh.bus.LeaseMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** A few nodes with one pool, whose messages arrive at once, and a clock that moves when told. */
final class LeaseBench {
    static final String POOL = "fmp.stock";

    private final List<String> voters;
    private final Map<String, PoolLease> nodes = new LinkedHashMap<>();
    private final Set<String> cutOff = new HashSet<>();
    private final Deque<Outgoing> underWay = new ArrayDeque<>();
    private long millis;

    LeaseBench(String... voters) {
        this.voters = List.of(voters);
    }

    private long nanos() {
        return millis * 1_000_000;
    }

    private long wall() {
        return 1_700_000_000_000L + millis;
    }

    long millis() {
        return millis;
    }

    PoolLease node(String name) {
        return Objects.requireNonNull(nodes.get(name), name);
    }

    /** All at once, each seeing the others from the beginning. */
    void start(String... names) {
        Set<String> live = new TreeSet<>(nodes.keySet());
        live.addAll(List.of(names));
        List<String> before = new ArrayList<>(nodes.keySet());
        for (String name : names) {
            nodes.put(name, new PoolLease(POOL, name, voters, live, nanos(), wall()));
        }
        for (String name : before) {
            carry(node(name).onMembers(live, nanos(), wall()));
        }
    }

    void kill(String name) {
        nodes.remove(name);
        Collection<String> live = new TreeSet<>(nodes.keySet());
        for (PoolLease lease : nodes.values()) {
            carry(lease.onMembers(live, nanos(), wall()));
        }
    }

    /** Nothing reaches it, nothing comes from it. */
    void cutOff(String name) {
        cutOff.add(name);
    }

    void heal() {
        cutOff.clear();
    }

    void handOver(String owner, String successor) {
        carry(node(owner).handOver(successor, nanos(), wall()));
    }

    void giveUp(String name, long epoch) {
        carry(node(name).giveUp(epoch, nanos(), wall()));
    }

    void closeUpstream(String name) {
        carry(node(name).onUpstreamClosed(node(name).epoch(), nanos(), wall()));
    }

    List<Outgoing> tell(String name, LeaseMessage message) {
        return node(name).onMessage(message, nanos(), wall());
    }

    /** Time passes; whoever lost its lease closes its upstream at once. */
    void pass(long wait) {
        for (long until = millis + wait; millis < until; ) {
            millis += LeaseTimes.TICK;
            for (String name : List.copyOf(nodes.keySet())) {
                carryFrom(name, node(name).onTick(nanos(), wall()));
                if (node(name).duty() == Duty.ABORT) {
                    closeUpstream(name);
                }
            }
        }
    }

    private void carryFrom(String name, List<Outgoing> said) {
        if (!cutOff.contains(name)) {
            carry(said);
        }
    }

    private void carry(List<Outgoing> said) {
        underWay.addAll(said);
        for (Outgoing next = underWay.poll(); next != null; next = underWay.poll()) {
            PoolLease to = nodes.get(next.to());
            if (to != null
                    && !cutOff.contains(next.to())
                    && !cutOff.contains(next.message().from())) {
                underWay.addAll(to.onMessage(next.message(), nanos(), wall()));
            }
        }
    }

    /** The only node that may act, or an empty name. */
    String owner() {
        String owner = "";
        for (Map.Entry<String, PoolLease> entry : nodes.entrySet()) {
            LeaseGrant grant = entry.getValue().grant();
            if (grant != null && grant.validAt(nanos(), wall())) {
                assertThat(owner).as("an owner beside " + entry.getKey()).isEmpty();
                owner = entry.getKey();
            }
        }
        return owner;
    }

    /** How long until a node other than this one owns the pool. */
    long millisToAnotherOwnerThan(String former) {
        long since = millis;
        while (owner().isEmpty() || former.equals(owner())) {
            assertThat(millis - since).isLessThan(60_000);
            pass(LeaseTimes.TICK);
        }
        return millis - since;
    }
}
