package io.tickmesh.cluster;

import com.hazelcast.cluster.InitialMembershipEvent;
import com.hazelcast.cluster.InitialMembershipListener;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The live nodes by their names, as Hazelcast sees them. Told on its threads. */
public final class Membership implements InitialMembershipListener {
    /** The member attribute that carries the name of a node. */
    public static final String NAME = "tickmesh.node";

    private final SortedMap<String, Long> names = new TreeMap<>();
    private @Nullable Consumer<SortedMap<String, Long>> listener;

    /** Calls at every change, with the names and since when (milliseconds since 1970) they have been seen. */
    public synchronized void onChange(Consumer<SortedMap<String, Long>> changed) {
        listener = changed;
        changed.accept(now());
    }

    public synchronized SortedMap<String, Long> now() {
        return new TreeMap<>(names);
    }

    @Override
    public synchronized void init(InitialMembershipEvent event) {
        event.getMembers().forEach(this::add);
        tell();
    }

    @Override
    public synchronized void memberAdded(MembershipEvent event) {
        add(event.getMember());
        tell();
    }

    private void add(Member member) {
        String name = member.getAttribute(NAME);
        if (name != null) {
            names.putIfAbsent(name, System.currentTimeMillis());
        }
    }

    @Override
    public synchronized void memberRemoved(MembershipEvent event) {
        Set<String> stay = new HashSet<>();
        event.getMembers().forEach(member -> stay.add(String.valueOf(member.getAttribute(NAME))));
        names.keySet().retainAll(stay);
        tell();
    }

    private void tell() {
        if (listener != null) {
            listener.accept(now());
        }
    }
}
