package io.tickmesh.bus;

/**
 * Whom a message of contract 3 can be sent to: one client, the clients of one user, those of one channel, or all.
 *
 * @param name empty for all
 */
public record Room(Kind kind, String name) {
    /** Everyone. */
    public static final Room ALL = new Room(Kind.ALL, "");

    /** What sort of room it is. */
    public enum Kind {
        CLIENT,
        USER,
        CHANNEL,
        ALL
    }

    public static Room client(String id) {
        return new Room(Kind.CLIENT, id);
    }

    public static Room user(String id) {
        return new Room(Kind.USER, id);
    }

    public static Room channel(String name) {
        return new Room(Kind.CHANNEL, name);
    }

    /** Unlike that of any other room: what its home node is found by. */
    @Override
    public String toString() {
        return kind + ":" + name;
    }
}
