package io.tickmesh.sim;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends the events of all markets that anyone listens to, each frame written once for all who want it. */
final class UpbitPump {
    static final String SNAPSHOT = "SNAPSHOT";
    static final String REALTIME = "REALTIME";

    /** After a stall no more than this is made up for. */
    private static final long CATCH_UP_MS = 250;

    /** A market that someone listens to. */
    private record Line(UpbitBoard board, Map<UpbitStream, Set<UpbitSession>> holders) {}

    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Map<String, UpbitBoard> boards = new HashMap<>();
    private UpbitStreamSettings settings;
    private UpbitMarkets markets;
    private UpbitWriter writer;
    private long pumpedTo = Long.MIN_VALUE;
    private long closedSince = Long.MIN_VALUE;

    UpbitPump(UpbitStreamSettings settings) {
        this.settings = settings;
        this.markets = new UpbitMarkets(settings.extraSymbols());
        this.writer = new UpbitWriter(settings);
    }

    /** Goes by other settings; another seed, rate or set of markets begins other walks for who holds them now. */
    void retune(UpbitStreamSettings changed) {
        boolean otherTapes = changed.seed() != settings.seed() || changed.ticksPerSecond() != settings.ticksPerSecond();
        if (changed.extraSymbols() != settings.extraSymbols()) {
            markets = new UpbitMarkets(changed.extraSymbols());
        }
        settings = changed;
        writer = new UpbitWriter(changed);
        if (otherTapes) {
            boards.clear();
            lines.replaceAll((code, line) -> new Line(board(line.board().market()), line.holders()));
        }
    }

    UpbitMarkets markets() {
        return markets;
    }

    UpbitWriter writer() {
        return writer;
    }

    UpbitBoard board(UpbitMarket market) {
        return boards.computeIfAbsent(
                market.code(),
                absent -> new UpbitBoard(new UpbitTape(market, settings.seed(), settings.ticksPerSecond())));
    }

    /** The moment whose prices are shown: prices of a closed market stand still. */
    long marketTime(long now) {
        if (settings.market() != UpbitStreamSettings.Market.CLOSED) {
            closedSince = Long.MIN_VALUE;
            return now;
        }
        if (closedSince == Long.MIN_VALUE) {
            closedSince = now;
        }
        return closedSince;
    }

    void hold(UpbitSession session, UpbitStream stream) {
        lines.computeIfAbsent(stream.market().code(), absent -> new Line(board(stream.market()), new LinkedHashMap<>()))
                .holders()
                .computeIfAbsent(stream, absent -> new LinkedHashSet<>())
                .add(session);
    }

    void release(UpbitSession session, Collection<UpbitStream> streams) {
        for (UpbitStream each : streams) {
            @Nullable Line line = lines.get(each.market().code());
            @Nullable
            Set<UpbitSession> holders = line == null ? null : line.holders().get(each);
            if (line != null && holders != null && holders.remove(session) && holders.isEmpty()) {
                line.holders().remove(each);
                if (line.holders().isEmpty()) {
                    lines.remove(each.market().code());
                }
            }
        }
    }

    /** How a stream stands now. */
    byte[] snapshot(UpbitStream stream, boolean isShort, long now) {
        UpbitBoard board = board(stream.market());
        return writer.frame(stream, board, board.newest(marketTime(now)), isShort, SNAPSHOT);
    }

    /** Hands all events since the last call to who listens; with {@code silent} they pass unseen. */
    void pump(long now, boolean silent) {
        boolean first = pumpedTo == Long.MIN_VALUE;
        long from = Math.max(pumpedTo, now - CATCH_UP_MS);
        pumpedTo = now;
        if (silent || first || settings.ticksPerSecond() <= 0 || marketTime(now) != now) {
            return;
        }
        for (Line line : lines.values()) {
            UpbitTape tape = line.board().tape();
            long last = tape.lastEvent(now);
            for (long n = tape.lastEvent(from) + 1; n <= last; n++) {
                deliver(line, line.board().event(n), now);
            }
        }
    }

    private void deliver(Line line, UpbitTape.Event event, long now) {
        line.holders().forEach((stream, sessions) -> {
            byte @Nullable [] longForm = null;
            byte @Nullable [] shortForm = null;
            for (UpbitSession session : sessions) {
                if (session.format().isShort()) {
                    shortForm = shortForm == null ? frame(line, stream, event, true) : shortForm;
                    session.data(shortForm, now);
                } else {
                    longForm = longForm == null ? frame(line, stream, event, false) : longForm;
                    session.data(longForm, now);
                }
            }
        });
    }

    private byte[] frame(Line line, UpbitStream stream, UpbitTape.Event event, boolean isShort) {
        return writer.frame(stream, line.board(), event, isShort, REALTIME);
    }

    /** So many events at once in each market that these sessions listen to; all who listen get them. */
    void burst(int events, Collection<UpbitSession> to, long now) {
        for (Line line : lines.values()) {
            if (line.holders().values().stream().anyMatch(each -> each.stream().anyMatch(to::contains))) {
                for (int i = 0; i < events; i++) {
                    deliver(line, line.board().extraEvent(now), now);
                }
            }
        }
    }
}
