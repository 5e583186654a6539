package io.tickmesh.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells a frame that is older than what its topic already showed from the same exchange. */
final class LateGuard {
    /** A clock that runs ahead by more than this must not shut out what follows. */
    private static final long TRUSTED_AHEAD = 1_000_000;

    /** Exchanges beyond this many are not watched. */
    private static final int MOST = 16;

    private static final class Mark {
        private final @Nullable String exchange;
        private long time;

        Mark(@Nullable String exchange, long time) {
            this.exchange = exchange;
            this.time = time;
        }
    }

    private final List<Mark> marks = new ArrayList<>(1);

    /** Whether the frame comes too late; if not, it is the newest of its exchange now. */
    boolean isLate(@Nullable String exchange, long time, long receivedAt) {
        if (time == Reading.NO_TIME) {
            return false;
        }
        long trusted = Math.min(time, receivedAt + TRUSTED_AHEAD);
        for (int i = 0; i < marks.size(); i++) {
            Mark mark = marks.get(i);
            if (Objects.equals(mark.exchange, exchange)) {
                if (time < mark.time) {
                    return true;
                }
                mark.time = Math.max(mark.time, trusted);
                return false;
            }
        }
        if (marks.size() < MOST) {
            marks.add(new Mark(exchange, trusted));
        }
        return false;
    }
}
