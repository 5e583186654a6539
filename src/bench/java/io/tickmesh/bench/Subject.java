package io.tickmesh.bench;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/** A way of serving that is measured: a server, and the door of it that the clients use. */
interface Subject {
    /** As it is called in tables. */
    String name();

    Door door();

    InetSocketAddress address();

    /** Whatever serves; the CPU time of all of them is counted. */
    List<ServerProcess> processes();

    /** Microseconds of CPU time per second that they use without clients, where that is to be subtracted; else 0. */
    default double idleCpu() {
        return 0;
    }

    /** What the server itself says. */
    Account account();

    /**
     * What a server says of itself.
     *
     * @param ticks received from the provider so far
     * @param conflated ticks that newer ones replaced so far
     * @param flushes of client sockets so far; 0 where that is not counted
     * @param latencies of deliveries, by upper bound in seconds; empty where they are not taken
     */
    record Account(long ticks, long conflated, long flushes, Map<Double, Double> latencies) {}
}
