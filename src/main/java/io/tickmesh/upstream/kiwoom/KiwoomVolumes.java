package io.tickmesh.upstream.kiwoom;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much was traded so far, by key: times of whole seconds do not tell which of two records is the older one. */
final class KiwoomVolumes {
    /** More than a session has registrations; beyond it all is forgotten. */
    static final int MOST = 4_096;

    private static final class Mark {
        private long moment;
        private long volume;
    }

    private final Map<String, Mark> marks = new HashMap<>();

    /**
     * Whether a record comes too late; if not, it is the newest of its key now. A smaller volume at a later moment is
     * the truth: a new day, or a session that counts anew.
     */
    boolean isLate(String key, long moment, long volume) {
        @Nullable Mark mark = marks.get(key);
        if (mark == null) {
            if (marks.size() == MOST) {
                marks.clear();
            }
            mark = new Mark();
            marks.put(key, mark);
        } else if (volume < mark.volume && moment <= mark.moment) {
            return true;
        }
        mark.moment = moment;
        mark.volume = volume;
        return false;
    }

    int size() {
        return marks.size();
    }
}
