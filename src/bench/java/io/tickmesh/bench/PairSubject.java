package io.tickmesh.bench;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * Two nodes, one of which owns the feed, and all clients on one of them.
 *
 * @param serving where the clients are
 * @param other where they are not
 */
record PairSubject(String name, NodeSubject serving, NodeSubject other, double idleCpu) implements Subject {
    private static final long SETTLE_MILLIS = 20_000;
    private static final long IDLE_SECONDS = 10;

    /** Starts both; the first one owns the feed, since it was alone when it began. */
    static List<PairSubject> start(Bed bed, Simulator simulator) {
        NodeSubject owner = NodeSubject.stream(NodeSubject.start("owner", bed, simulator, List.of()));
        NodeSubject second = NodeSubject.stream(NodeSubject.start("second", bed, simulator, List.of()));
        // until the pools that are switched off have been shared out, and the compilers are done with the start
        Pause.millis(SETTLE_MILLIS);
        double idle = idleCpu(owner, second);
        return List.of(
                new PairSubject("on the owner", owner, second, idle),
                new PairSubject("on the other node", second, owner, idle));
    }

    private static double idleCpu(NodeSubject one, NodeSubject two) {
        Usage before = one.process().usage().plus(two.process().usage());
        Pause.millis(IDLE_SECONDS * 1_000);
        Usage after = one.process().usage().plus(two.process().usage());
        return (after.cpuMicros() - before.cpuMicros()) / (double) IDLE_SECONDS;
    }

    @Override
    public Door door() {
        return serving.door();
    }

    @Override
    public InetSocketAddress address() {
        return serving.address();
    }

    @Override
    public List<ServerProcess> processes() {
        return List.of(serving.process(), other.process());
    }

    /** Only the owner counts the provider's ticks. */
    @Override
    public Account account() {
        Account here = serving.account();
        return new Account(here.ticks() + other.account().ticks(), here.conflated(), here.flushes(), here.latencies());
    }
}
