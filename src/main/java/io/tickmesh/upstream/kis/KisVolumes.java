package io.tickmesh.upstream.kis;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much was traded so far, by key: times of whole seconds do not tell which of two records is the older one. */
final class KisVolumes {
    /** A session has 41 registrations. */
    private static final int MOST = 512;

    private static final class Mark {
        private int day;
        private long moment;
        private long volume;
    }

    private final Map<String, Mark> marks = new HashMap<>();

    /**
     * Whether a record comes too late; if not, it is the newest of its key now. A smaller volume at a later moment, or
     * of another day, is the truth.
     */
    boolean isLate(String key, int day, long moment, long volume) {
        @Nullable Mark mark = marks.get(key);
        if (mark == null) {
            if (marks.size() == MOST) {
                marks.clear();
            }
            mark = new Mark();
            marks.put(key, mark);
        } else if (day == mark.day && volume < mark.volume && moment <= mark.moment) {
            return true;
        }
        mark.moment = day == mark.day ? Math.max(moment, mark.moment) : moment;
        mark.day = day;
        mark.volume = volume;
        return false;
    }

    int size() {
        return marks.size();
    }
}
