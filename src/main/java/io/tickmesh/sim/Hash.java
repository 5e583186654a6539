package io.tickmesh.sim;

/** Repeatable chance: the same inputs give the same bits in every process. */
final class Hash {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Hash() {}

    static long mix(long seed, long value) {
        long z = (seed ^ Long.rotateLeft(value, 32)) + GOLDEN * (value + 1);
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    static long of(String text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = mix(hash, text.charAt(i));
        }
        return hash;
    }

    /** A number of {@code 0..bound-1}. */
    static long below(long hash, long bound) {
        return Long.remainderUnsigned(hash, bound);
    }
}
