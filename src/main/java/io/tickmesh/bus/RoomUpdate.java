package io.tickmesh.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node tells another who is in the rooms that the other keeps the directory of.
 *
 * @param node who tells
 * @param incarnation when that node started, in milliseconds since 1970
 * @param view digest of the nodes that it sees
 * @param digest over all entries of that node that the other should have
 */
public record RoomUpdate(String node, long incarnation, long view, Form form, long digest, List<Entry> entries) {
    public RoomUpdate {
        entries = List.copyOf(entries);
    }

    /** What an update is. */
    public enum Form {
        /** Entries that came or went. */
        CHANGE,
        /** All entries there are. */
        FULL,
        /** None: a sign of life with the digest. */
        HELLO,
        /** None: the other shall send all it has. */
        ASK,
        /** None: the node leaves. */
        BYE
    }

    /**
     * A client in a room, or gone from it.
     *
     * @param watches whether it is told who joins and leaves
     * @param reason why it went; empty while it is there
     */
    public record Entry(Room room, String client, @Nullable String user, boolean watches, String reason) {
        public boolean present() {
            return reason.isEmpty();
        }

        /** Sums of these over the same entries are the same in any order. */
        public long digest() {
            return Rendezvous.weight(room + "\n" + watches + '\n' + user, client);
        }
    }
}
