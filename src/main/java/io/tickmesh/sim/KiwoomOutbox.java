package io.tickmesh.sim;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way out of one session: gathers entries into frames, and lets happen to data frames what is to go wrong with
 * them. Trades and the rest never share a frame.
 */
final class KiwoomOutbox {
    private static final long GATHER_MS = 250;
    private static final int MOST_ENTRIES = 5;
    private static final int MOST_WAITING = 10_000;

    /** Entries that wait for company. */
    private static final class Gathering {
        private final List<String> entries = new ArrayList<>();
        private int wanted;
        private long since;
    }

    private record Delayed(long due, String frame) {}

    private final Wire wire;
    private final Supplier<KiwoomStreamSettings> settings;
    private final KiwoomMishaps mishaps;
    private final long seed;
    private final Gathering trades = new Gathering();
    private final Gathering others = new Gathering();
    private final Deque<Delayed> delayed = new ArrayDeque<>();
    private @Nullable String heldBack;
    private Buffer out = Buffer.buffer();
    private boolean silent;
    private long frames;
    private long sent;
    private long skipped;

    KiwoomOutbox(Wire wire, Supplier<KiwoomStreamSettings> settings, KiwoomMishaps mishaps, long seed) {
        this.wire = wire;
        this.settings = settings;
        this.mishaps = mishaps;
        this.seed = seed;
    }

    void silence(boolean on) {
        silent = on;
        wire.freeze(on);
    }

    boolean isSilent() {
        return silent;
    }

    /** Sends a text frame now. */
    void say(String text) {
        if (!silent) {
            WsFrames.appendText(out, text);
            flush();
        }
    }

    /** Adds an entry of market data to what goes out in this turn or soon. */
    void entry(KiwoomType type, String entry, long now) {
        if (silent || wire.full()) {
            skipped++;
            return;
        }
        Gathering gathering = type == KiwoomType.TRADE ? trades : others;
        if (gathering.entries.isEmpty()) {
            long chance = Hash.mix(seed, ++frames);
            boolean many = Hash.below(chance, 100) < settings.get().multiPercent();
            gathering.wanted = many ? 2 + (int) Hash.below(chance >>> 16, MOST_ENTRIES - 1) : 1;
            gathering.since = now;
        }
        gathering.entries.add(entry);
        if (gathering.entries.size() >= gathering.wanted) {
            close(gathering, now);
        }
    }

    private void close(Gathering gathering, long now) {
        long chance = Hash.mix(seed, ~frames);
        String frame =
                KiwoomEntries.frame(gathering.entries, chance, settings.get().extraFields());
        gathering.entries.clear();
        int delay = settings.get().delayMs();
        if (delay == 0 && delayed.isEmpty()) {
            spoiled(frame);
        } else if (delayed.size() < MOST_WAITING) {
            delayed.add(new Delayed(now + delay, frame));
        } else {
            skipped++;
        }
    }

    private void spoiled(String frame) {
        if (heldBack == null && mishaps.takeReordered()) {
            heldBack = frame;
            return;
        }
        append(mishaps.takeMalformed() ? frame.substring(0, frame.length() / 2) : frame);
        if (mishaps.takeDuplicate()) {
            append(frame);
        }
        if (heldBack != null) {
            append(heldBack);
            heldBack = null;
        }
    }

    private void append(String frame) {
        WsFrames.appendText(out, frame);
        sent++;
    }

    /** Sends what is due by now. */
    void turn(long now, SessionLog.Entry log) {
        closeIfOld(trades, now);
        closeIfOld(others, now);
        while (!delayed.isEmpty() && delayed.element().due() <= now) {
            spoiled(delayed.remove().frame());
        }
        flush();
        if (sent + skipped > 0) {
            log.sent(sent, skipped);
            sent = 0;
            skipped = 0;
        }
    }

    /** Ends the waiting of entries for company, so that none comes out behind the answer to a change. */
    void hurry(long now) {
        for (Gathering each : List.of(trades, others)) {
            if (!each.entries.isEmpty()) {
                close(each, now);
            }
        }
    }

    private void closeIfOld(Gathering gathering, long now) {
        if (!gathering.entries.isEmpty() && now - gathering.since >= GATHER_MS) {
            close(gathering, now);
        }
    }

    private void flush() {
        if (out.length() > 0) {
            if (!silent) {
                wire.send(out);
            }
            out = Buffer.buffer();
        }
    }
}
