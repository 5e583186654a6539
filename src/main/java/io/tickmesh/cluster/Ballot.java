package io.tickmesh.cluster;

import java.util.ArrayList;
import java.util.List;

/** Who said yes and who said no to one question. Nobody takes a yes back. */
final class Ballot {
    private final List<String> yes = new ArrayList<>(4);
    private final List<String> no = new ArrayList<>(0);

    void yes(String voter) {
        if (!yes.contains(voter)) {
            yes.add(voter);
        }
    }

    void no(String voter) {
        if (!no.contains(voter)) {
            no.add(voter);
        }
    }

    boolean saidYes(String voter) {
        return yes.contains(voter);
    }

    boolean saidNo(String voter) {
        return no.contains(voter) && !yes.contains(voter);
    }
}
