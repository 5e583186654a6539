package io.tickmesh;

import java.util.List;

/** Where the processes of a cluster run, and how they reach each other. */
interface Site extends AutoCloseable {
    /** All on one loopback interface: nothing can be cut. */
    Site LOOPBACK = new Site() {};

    /** Makes room for a node. */
    default void prepare(String node) {}

    /** What the command line of a node's process begins with. */
    default List<String> launcher(String node) {
        return List.of();
    }

    /** Where the simulator listens. */
    default String provider() {
        return "127.0.0.1";
    }

    /** Where a node listens for clients and operators. */
    default String door(String node) {
        return "127.0.0.1";
    }

    /** Where a node listens for other nodes. */
    default String inside(String node) {
        return "127.0.0.1";
    }

    /** Where nodes look for others. */
    default String members() {
        return "127.0.0.1";
    }

    @Override
    default void close() {}
}
