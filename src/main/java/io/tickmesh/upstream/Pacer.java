package io.tickmesh.upstream;

/** Lets so many things happen in any second, and in any minute, and no more. */
final class Pacer {
    private static final long SECOND = 1_000_000_000L;

    private final Window second;
    private final Window minute;

    /** {@code perMinute} 0 sets no limit for minutes. */
    Pacer(int perSecond, int perMinute) {
        second = new Window(perSecond, SECOND);
        minute = new Window(perMinute, 60 * SECOND);
    }

    /** Nanoseconds until the next one may happen; 0 or less means now. */
    long nanosToNext(long now) {
        return Math.max(second.nanosToNext(now), minute.nanosToNext(now));
    }

    void onSent(long now) {
        second.onSent(now);
        minute.onSent(now);
    }

    private static final class Window {
        private final long[] times;
        private final long length;
        private int oldest;
        private int used;

        Window(int most, long length) {
            this.times = new long[most];
            this.length = length;
        }

        long nanosToNext(long now) {
            return used < times.length || times.length == 0 ? 0 : times[oldest] + length - now;
        }

        void onSent(long now) {
            if (times.length > 0) {
                times[oldest] = now;
                oldest = (oldest + 1) % times.length;
                used = Math.min(used + 1, times.length);
            }
        }
    }
}
