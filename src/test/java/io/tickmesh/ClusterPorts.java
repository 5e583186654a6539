package io.tickmesh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for the nodes of a test's cluster, so that it does not meet another one on the same machine. They lie below those
 * that the system gives to whoever asks for any: what is free stays so until the node takes it.
 */
final class ClusterPorts {
    private static final int FIRST = 20_000;
    private static final int BEYOND = 32_000;
    private static final int MOST_TRIES = 100;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private ClusterPorts() {}

    /** A port that nobody listens on, another each time. */
    static int next() {
        for (int i = 0; i < MOST_TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEYOND);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new AssertionError("no free port from " + FIRST + " to " + BEYOND);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
