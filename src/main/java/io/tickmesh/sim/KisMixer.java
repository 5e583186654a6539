package io.tickmesh.sim;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** Puts records of one channel into one frame, whatever symbol they are of; where that is switched on. */
final class KisMixer {
    private static final long PATIENCE_MS = 500;

    private static final class Mix {
        private final StringBuilder payload = new StringBuilder();
        private int count;
        private long since;
    }

    private final Map<String, Mix> mixes = new HashMap<>();

    void add(String trId, String payload, int count, long now) {
        Mix mix = mixes.computeIfAbsent(trId, absent -> new Mix());
        if (mix.count == 0) {
            mix.since = now;
        } else {
            mix.payload.append('^');
        }
        mix.payload.append(payload);
        mix.count += count;
    }

    /** Sends the mixes that are full, or that have waited long enough. */
    void flushInto(KisSession session, KisStreamSettings settings, long now) {
        for (Iterator<Map.Entry<String, Mix>> each = mixes.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<String, Mix> next = each.next();
            Mix mix = next.getValue();
            if (mix.count >= settings.usualRecords() || now - mix.since >= PATIENCE_MS || !settings.mixedFrames()) {
                session.tick(frame(next.getKey(), mix.count, mix.payload).getBytes(StandardCharsets.UTF_8));
                each.remove();
            }
        }
    }

    void forget(String trId) {
        mixes.remove(trId);
    }

    static String frame(String trId, int count, CharSequence payload) {
        String digits = Integer.toString(1_000 + count).substring(1);
        return "0|" + trId + '|' + digits + '|' + payload;
    }
}
