package io.tickmesh.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who votes on a pool: the configured voters or, without any, the live members of this moment.
 *
 * <p>A live member that joins an owner is itself silent for longer than the owner's lease. So it counts for heartbeats
 * only once it has acknowledged one; a claim always needs a majority of all.
 */
final class Electorate {
    private final String node;
    private final List<String> voters;
    private final boolean newcomersLater;
    private List<String> live;
    private List<String> everyone;
    private final Set<String> newcomers = new HashSet<>();

    Electorate(String node, List<String> voters, Collection<String> live, boolean newcomersLater) {
        this.node = node;
        this.voters = List.copyOf(voters);
        this.newcomersLater = newcomersLater;
        this.live = withThisNode(live);
        this.everyone = union();
    }

    private List<String> withThisNode(Collection<String> members) {
        Set<String> all = new TreeSet<>(members);
        all.add(node);
        return List.copyOf(all);
    }

    private List<String> union() {
        Set<String> all = new TreeSet<>(live);
        all.addAll(voters);
        return List.copyOf(all);
    }

    void onMembers(Collection<String> members) {
        List<String> before = live;
        live = withThisNode(members);
        everyone = union();
        newcomers.retainAll(live);
        for (String member : live) {
            if (newcomersLater && !before.contains(member)) {
                newcomers.add(member);
            }
        }
    }

    void onClaim() {
        newcomers.clear();
    }

    void onAcknowledge(String voter) {
        newcomers.remove(voter);
    }

    boolean byVoters() {
        return !voters.isEmpty();
    }

    /** Without voters and without other members, this node has nobody to wait for. */
    boolean alone() {
        return voters.isEmpty() && live.size() == 1;
    }

    boolean thisNodeVotes() {
        return voters.isEmpty() || voters.contains(node);
    }

    List<String> live() {
        return live;
    }

    /** All whom heartbeats and releases concern. */
    List<String> everyone() {
        return everyone;
    }

    List<String> electors() {
        return voters.isEmpty() ? live : voters;
    }

    boolean claimWon(Ballot ballot) {
        return majority(electors(), ballot);
    }

    /** Whether too many said no for the claim ever to be won. */
    boolean claimLost(Ballot ballot) {
        int left = 0;
        for (String elector : electors()) {
            left += ballot.saidNo(elector) ? 0 : 1;
        }
        return 2 * left <= electors().size();
    }

    boolean heartbeatCounts(Ballot ballot) {
        if (byVoters() || newcomers.isEmpty()) {
            return majority(electors(), ballot);
        }
        List<String> settled = new ArrayList<>(live);
        settled.removeAll(newcomers);
        return majority(settled, ballot);
    }

    private static boolean majority(List<String> electors, Ballot ballot) {
        int yes = 0;
        for (String elector : electors) {
            yes += ballot.saidYes(elector) ? 1 : 0;
        }
        return 2 * yes > electors.size();
    }

    String rule() {
        return voters.isEmpty() ? "live members" : "voters " + String.join(",", voters);
    }
}
