package io.tickmesh.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells a frame that is older than what its topic already showed from the same exchange. A clock of the provider that is
 * set back must not silence a topic until it has caught up: after a while the new clock counts.
 */
final class LateGuard {
    /** A clock that runs ahead by more than this must not shut out what follows. */
    private static final long TRUSTED_AHEAD = 1_000_000;

    /** What is older by more than this than what came before is most likely of a clock that was set back. */
    private static final long MOST_BEHIND = 600_000_000;

    /** So long nothing of a clock that was set back is believed: it might be a stray frame. */
    private static final long DOUBT = 10_000_000;

    /** Exchanges beyond this many are not watched. */
    private static final int MOST = 16;

    private static final class Mark {
        private final @Nullable String exchange;
        private long time;
        private long behindSince = Reading.NO_TIME;

        Mark(@Nullable String exchange, long time) {
            this.exchange = exchange;
            this.time = time;
        }

        private boolean isLate(long ofFrame, long trusted, long receivedAt) {
            if (ofFrame >= time) {
                time = Math.max(time, trusted);
                behindSince = Reading.NO_TIME;
                return false;
            }
            if (time - ofFrame <= MOST_BEHIND) {
                return true;
            }
            if (behindSince == Reading.NO_TIME) {
                behindSince = receivedAt;
            }
            if (receivedAt - behindSince < DOUBT) {
                return true;
            }
            time = ofFrame;
            behindSince = Reading.NO_TIME;
            return false;
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
                return mark.isLate(time, trusted, receivedAt);
            }
        }
        if (marks.size() < MOST) {
            marks.add(new Mark(exchange, trusted));
        }
        return false;
    }
}
