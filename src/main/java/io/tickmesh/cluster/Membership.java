package io.tickmesh.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is there, by the names of the nodes. Each node writes its name into the attributes of its Hazelcast member.
 *
 * <p>It listens from the configuration on, since a listener that is added later hears of a loss half a second after
 * Vert.x has cleaned up.
 */
public final class Membership implements MembershipListener, LifecycleListener, HazelcastInstanceAware {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final String NODE = "tickmesh.node";
    private static final long LOOK_MILLIS = 100;

    /** Its text is for the operator. */
    private static final class NameTaken extends RuntimeException {
        NameTaken(String node, Member other) {
            super(
                    "node.name " + node + " is used by a live node at "
                            + other.getAddress().getHost() + ':'
                            + other.getAddress().getPort()
                            + "; give each node a name of its own with --set node.name=NAME",
                    null,
                    false,
                    false);
        }
    }

    private final String node;
    private volatile SortedMap<String, Long> names = Collections.emptySortedMap();
    private volatile @Nullable HazelcastInstance hazelcast;
    private Consumer<SortedMap<String, Long>> listener = now -> {};

    public Membership(String node) {
        this.node = node;
    }

    /** Makes the member of this configuration carry the name, and tell this object of all changes. */
    public void writeTo(Config config) {
        config.getMemberAttributeConfig().setAttribute(NODE, node);
        config.addListenerConfig(new ListenerConfig(this));
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        hazelcast = instance;
    }

    /** The live nodes, this one among them, and since when (wall clock) this node has seen each without a break. */
    public SortedMap<String, Long> now() {
        return names;
    }

    /**
     * Tells the live nodes at once and at each change, one after the other, on whatever thread. There is one listener.
     */
    public synchronized void onChange(Consumer<SortedMap<String, Long>> taker) {
        listener = taker;
        taker.accept(names);
    }

    @Override
    public void memberAdded(MembershipEvent event) {
        look();
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
        look();
    }

    /** After a start, and after a cut, when the members may have changed without an event for each. */
    @Override
    public void stateChanged(LifecycleEvent event) {
        look();
    }

    private synchronized void look() {
        SortedMap<String, Long> before = names;
        SortedMap<String, Long> after = new TreeMap<>();
        for (Member member : members()) {
            String name = member.getAttribute(NODE);
            if (name != null) {
                Long since = before.get(name);
                after.put(name, since == null ? System.currentTimeMillis() : since);
            }
        }
        if (!after.keySet().equals(before.keySet())) {
            names = Collections.unmodifiableSortedMap(after);
            if (!before.isEmpty() || after.size() > 1) {
                LOG.atInfo().addKeyValue("nodes", after.keySet()).log("the live nodes have changed");
            }
            listener.accept(names);
        }
    }

    /**
     * Ends when no older member has the name of this node; a killed predecessor needs a moment to be gone. Fails when
     * the name is still taken after the patience. Of two that start together the younger gives way.
     */
    public Future<Void> soleOfItsName(Vertx vertx, long patienceMillis) {
        look();
        Promise<Void> promise = Promise.promise();
        await(vertx, System.nanoTime() + patienceMillis * 1_000_000, promise);
        return promise.future();
    }

    private void await(Vertx vertx, long deadline, Promise<Void> promise) {
        Member other = olderNamesake();
        if (other == null) {
            promise.complete();
        } else if (System.nanoTime() - deadline > 0) {
            promise.fail(new NameTaken(node, other));
        } else {
            vertx.setTimer(LOOK_MILLIS, timer -> await(vertx, deadline, promise));
        }
    }

    private Set<Member> members() {
        HazelcastInstance there = hazelcast;
        return there == null ? Set.of() : there.getCluster().getMembers();
    }

    /** Members are listed in the order in which they joined. */
    private @Nullable Member olderNamesake() {
        for (Member member : members()) {
            if (member.localMember()) {
                break;
            }
            if (node.equals(member.getAttribute(NODE))) {
                return member;
            }
        }
        return null;
    }
}
