package io.tickmesh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is done to a cluster in a number of rounds; the same seed gives the same. */
final class Chaos {
    private static final int SHORTEST_MILLIS = 500;
    private static final int LONGEST_MILLIS = 10_000;
    private static final int OWNERS_OF_TEN = 6;

    /** A kind of disturbance. */
    enum Kind {
        KILL,
        PAUSE,
        CUT,
        /** The fourth node starts, or leaves if it runs. */
        JOIN,
        LEAVE
    }

    /**
     * One round.
     *
     * @param owner whether it befalls the owner
     * @param place else, which of the others
     * @param lasting of a pause or a cut
     * @param withFourth whether the fourth node is cut off together with it
     */
    record Round(Kind kind, boolean owner, int place, Duration lasting, boolean withFourth) {
        /** The node that it befalls. */
        String target(String owning, List<String> others) {
            return owner || others.isEmpty() ? owning : others.get(place % others.size());
        }
    }

    private Chaos() {}

    /** The rounds of a seed; more rounds begin with the same ones. */
    static List<Round> rounds(long seed, int count, boolean cuts) {
        Random random = new Random(seed);
        List<Round> rounds = new ArrayList<>();
        while (rounds.size() < count) {
            Round next = new Round(
                    Kind.values()[random.nextInt(Kind.values().length)],
                    random.nextInt(10) < OWNERS_OF_TEN,
                    random.nextInt(12),
                    Duration.ofMillis(SHORTEST_MILLIS + (long) random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS)),
                    random.nextBoolean());
            if (cuts || next.kind() != Kind.CUT) {
                rounds.add(next);
            }
        }
        return rounds;
    }
}
