package io.tickmesh.bus;

import io.tickmesh.market.Topic;
import java.util.Collection;
import java.util.List;

/**
 * A node tells the owner of a pool what its clients hold.
 *
 * @param epoch the owner's epoch; told to another epoch's owner it counts for nothing
 * @param number counts the updates of this node for this pool within the epoch, from 1; a {@link Form#DIGEST} repeats the
 *     number of the last one. A missing number makes the owner ask for all.
 * @param digest of a {@link Form#DIGEST}: what {@link #digestOf} gives for the whole interest; else 0
 */
public record InterestUpdate(
        String node, String pool, long epoch, long number, Form form, long digest, List<Entry> entries) {
    /** What an update says. */
    public enum Form {
        /** What has changed. */
        CHANGE,
        /** The whole interest of the node in the pool; what is not named is not held. */
        FULL,
        /** Nothing new, only a digest of the whole, by which the owner sees whether it knows all. */
        DIGEST
    }

    public InterestUpdate {
        entries = List.copyOf(entries);
    }

    /** The same number for the same interest, in whatever order it is held. */
    public static long digestOf(Collection<Entry> entries) {
        long sum = entries.size();
        for (Entry entry : entries) {
            long mixed = entry.topic().toString().hashCode() * 0x9E3779B97F4A7C15L
                    + entry.sessions() * 0xC2B2AE3D27D4EB4FL
                    + (entry.pinned() ? 1 : 0)
                    + (entry.lingering() ? 2 : 0);
            mixed ^= mixed >>> 29;
            sum += mixed * 0xBF58476D1CE4E5B9L;
        }
        return sum;
    }

    /**
     * The interest of a node in one topic as it now is.
     *
     * @param sessions client sessions that hold the topic; 0 with {@code pinned} false means no more interest
     * @param lingering whether in truth nobody holds it any more, and it is only kept for a while: it yields to others
     */
    public record Entry(Topic topic, int sessions, boolean pinned, boolean lingering) {
        public Entry {
            if (sessions < 0) {
                throw new IllegalArgumentException("sessions must not be negative: " + sessions);
            }
        }

        /** Interest of somebody. */
        public Entry(Topic topic, int sessions, boolean pinned) {
            this(topic, sessions, pinned, false);
        }

        /** The interest that is left when the last holder has gone. */
        public static Entry lingering(Topic topic) {
            return new Entry(topic, 1, false, true);
        }

        public boolean held() {
            return sessions > 0 || pinned;
        }
    }
}
