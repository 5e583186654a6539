package io.tickmesh.sim;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends the events of the tickers that anyone holds, spread over time, each frame written once for all who hold it. */
final class FmpTickPump {
    /** After a stall no more than this is made up for. */
    private static final long CATCH_UP_MICROS = 250_000;

    private static final double SECOND_MICROS = 1_000_000;

    /** Someone who holds a ticker; a cancellation needs a trade to cancel. */
    private static final class Holder {
        private final FmpSession session;
        private boolean sawTrade;

        Holder(FmpSession session) {
            this.session = session;
        }
    }

    /** A ticker that is held. */
    private static final class Line {
        private final List<Holder> holders = new ArrayList<>();
        private Tape tape;
        private FmpTickWriter writer;

        Line(Tape tape, FmpTickWriter writer) {
            this.tape = tape;
            this.writer = writer;
        }
    }

    /** A frame that is held back. */
    private record Late(long dueMicros, Line line, Tape.Type type, Buffer frame) {}

    private final FmpAsset asset;
    private final FeedFaults faults;
    private final Map<String, Line> lines = new HashMap<>();
    private final Deque<Late> late = new ArrayDeque<>();
    private final Ascii frame = new Ascii();
    private FmpStreamSettings settings;
    private long pumpedTo = Long.MIN_VALUE;

    FmpTickPump(FmpAsset asset, FeedFaults faults, FmpStreamSettings settings) {
        this.asset = asset;
        this.faults = faults;
        this.settings = settings;
    }

    void retune(FmpStreamSettings changed) {
        settings = changed;
        lines.values().forEach(line -> {
            line.tape = new Tape(new PriceWalk(changed.seed(), line.tape.ticker()));
            line.writer = new FmpTickWriter(line.tape, changed.cryptoExchanges());
        });
    }

    /** Feeds a ticker to a session, if there is such a ticker on this feed. */
    void hold(FmpSession session, String symbol) {
        @Nullable FmpTicker ticker = FmpTicker.of(symbol);
        if (ticker == null || ticker.asset() != asset) {
            return;
        }
        lines.computeIfAbsent(symbol, absent -> newLine(ticker)).holders.add(new Holder(session));
    }

    private Line newLine(FmpTicker ticker) {
        Tape tape = new Tape(new PriceWalk(settings.seed(), ticker));
        return new Line(tape, new FmpTickWriter(tape, settings.cryptoExchanges()));
    }

    void release(FmpSession session, String symbol) {
        @Nullable Line line = lines.get(symbol);
        if (line != null) {
            line.holders.removeIf(each -> each.session == session);
            if (line.holders.isEmpty()) {
                lines.remove(symbol);
            }
        }
    }

    /** Hands all events since the last call to the sessions; with {@code silent} they pass unseen. */
    void pump(long now, boolean silent) {
        long to = now * 1_000;
        long from = Math.max(pumpedTo, to - CATCH_UP_MICROS);
        boolean first = pumpedTo == Long.MIN_VALUE;
        pumpedTo = to;
        if (silent || first || settings.ticksPerSecond() <= 0) {
            return;
        }
        long interval = interval();
        for (Line line : lines.values()) {
            long last = line.tape.lastEvent(to, interval);
            for (long n = line.tape.lastEvent(from, interval) + 1; n <= last; n++) {
                offer(line, line.tape.event(n, interval, settings.breakEvery()), to);
            }
        }
        sendLate(to);
    }

    private long interval() {
        return Math.max(1, Math.round(SECOND_MICROS / settings.ticksPerSecond()));
    }

    private void offer(Line line, Tape.Event event, long micros) {
        line.writer.write(frame, event, unit(), settings);
        if (faults.takeLateFrame()) {
            late.add(new Late(micros + faults.lateByMs * 1_000, line, event.type(), Buffer.buffer(frame.copy())));
            return;
        }
        deliver(line, event.type(), frame.bytes(), frame.length());
        if (faults.takeDuplicate()) {
            deliver(line, event.type(), frame.bytes(), frame.length());
        }
    }

    private static void deliver(Line line, Tape.Type type, byte[] bytes, int length) {
        for (Holder holder : line.holders) {
            if (type != Tape.Type.B || holder.sawTrade) {
                holder.sawTrade |= type == Tape.Type.T;
                holder.session.tick(bytes, length);
            }
        }
    }

    private void sendLate(long micros) {
        for (int waiting = late.size(); waiting > 0; waiting--) {
            Late next = late.remove();
            if (next.dueMicros() <= micros) {
                deliver(
                        next.line(),
                        next.type(),
                        next.frame().getBytes(),
                        next.frame().length());
            } else {
                late.add(next);
            }
        }
    }

    /** So many frames at once to those of these sessions that hold anything, tickers taking turns. */
    void burst(int frames, Collection<FmpSession> to, long now) {
        Map<FmpSession, Integer> left = new HashMap<>();
        lines.values()
                .forEach(line -> line.holders.forEach(holder -> {
                    if (to.contains(holder.session)) {
                        left.put(holder.session, frames);
                    }
                }));
        long micros = now * 1_000;
        for (long n = micros | 1; !left.isEmpty(); n++) {
            for (Line line : lines.values()) {
                line.writer.write(frame, line.tape.eventAt(n, micros, 0, 0), unit(), settings);
                for (Holder holder : line.holders) {
                    take(left, holder.session, session -> session.tick(frame.bytes(), frame.length()));
                }
            }
        }
    }

    private static void take(Map<FmpSession, Integer> left, FmpSession session, Consumer<FmpSession> send) {
        @Nullable Integer count = left.get(session);
        if (count != null) {
            send.accept(session);
            if (count == 1) {
                left.remove(session);
            } else {
                left.put(session, count - 1);
            }
        }
    }

    private FmpTime unit() {
        if (faults.wrongUnit != null) {
            return faults.wrongUnit;
        }
        return switch (asset) {
            case STOCK -> FmpTime.NS;
            case FOREX -> FmpTime.MS;
            case CRYPTO -> settings.cryptoTime() == FmpStreamSettings.CryptoTime.MS ? FmpTime.MS : FmpTime.DIGITS20;
        };
    }
}
