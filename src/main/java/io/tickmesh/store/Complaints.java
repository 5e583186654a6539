package io.tickmesh.store;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says of each sort of trouble so much as is news: a line a minute. */
final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanos;
    private final Map<String, Long> said = new HashMap<>();

    Complaints(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Returns whether it was said. */
    boolean say(String sort, String what) {
        long now = nanos.getAsLong();
        Long last = said.get(sort);
        boolean due = last == null || now - last >= QUIET_NANOS;
        if (due) {
            said.put(sort, now);
            LOG.atWarn().log(what);
        }
        return due;
    }
}
