package io.tickmesh.bench;

import java.util.function.BooleanSupplier;

/** Time that passes on the main thread of the benchmark, which has nothing else to do. */
final class Pause {
    private static final long LOOK_MILLIS = 50;

    private Pause() {}

    static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        }
    }

    static void until(String what, long seconds, BooleanSupplier condition) {
        long deadline = System.nanoTime() + seconds * 1_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new BenchFailure("not within " + seconds + " s: " + what);
            }
            millis(LOOK_MILLIS);
        }
    }
}
