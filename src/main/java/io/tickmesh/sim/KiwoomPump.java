package io.tickmesh.sim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends the events of what anyone has registered, spread over time, each entry written once for all who hold it. */
final class KiwoomPump {
    /** After a stall no more than this is made up for. */
    private static final long CATCH_UP_MICROS = 250_000;

    private static final String EVERYTHING = "";
    private static final List<KiwoomType> BOOKS = List.of(KiwoomType.BEST, KiwoomType.BOOK);
    private static final List<KiwoomType> SLOW =
            List.of(KiwoomType.QUOTE, KiwoomType.AFTER_HOURS, KiwoomType.EXPECTED, KiwoomType.VI);
    private static final List<KiwoomType> WIDE =
            List.of(KiwoomType.SESSION_TIME, KiwoomType.VI, KiwoomType.ORDER, KiwoomType.BALANCE);

    /** An item that is held, with those who hold it; market-wide types have no tape. */
    private record Line(@Nullable KiwoomTape tape, Map<KiwoomType, List<KiwoomSession>> holders) {
        List<KiwoomSession> of(KiwoomType type) {
            return holders.getOrDefault(type, List.of());
        }

        boolean holdsAny(List<KiwoomType> types) {
            return types.stream().anyMatch(each -> !of(each).isEmpty());
        }
    }

    private final Map<String, Line> lines = new HashMap<>();
    private KiwoomMarket market;
    private long pumpedTo = Long.MIN_VALUE;

    KiwoomPump(KiwoomMarket market) {
        this.market = market;
    }

    void retune(KiwoomMarket changed, Collection<KiwoomSession> sessions) {
        market = changed;
        lines.clear();
        sessions.forEach(session -> session.pairs().forEach(pair -> hold(session, pair)));
    }

    /** Feeds a pair to a session, if there is anything to feed. */
    void hold(KiwoomSession session, KiwoomChange.Pair pair) {
        boolean wide = pair.item().equals(EVERYTHING);
        @Nullable KiwoomTape tape = wide ? null : market.tape(pair.item());
        List<KiwoomType> served = switch (pair.type().kind()) {
            case TRADE, BOOK -> wide ? List.of() : List.of(pair.type());
            default -> wide ? WIDE : SLOW;
        };
        if (served.contains(pair.type()) && (wide || tape != null)) {
            lines.computeIfAbsent(pair.item(), absent -> new Line(tape, new EnumMap<>(KiwoomType.class)))
                    .holders()
                    .computeIfAbsent(pair.type(), absent -> new ArrayList<>())
                    .add(session);
        }
    }

    void release(KiwoomSession session, KiwoomChange.Pair pair) {
        @Nullable Line line = lines.get(pair.item());
        @Nullable
        List<KiwoomSession> holders = line == null ? null : line.holders().get(pair.type());
        if (line == null || holders == null) {
            return;
        }
        holders.remove(session);
        if (holders.isEmpty()) {
            line.holders().remove(pair.type());
        }
        if (line.holders().isEmpty()) {
            lines.remove(pair.item());
        }
    }

    /** Hands all events since the last call to the sessions; with {@code silent} they pass unseen. */
    void pump(long now, boolean silent) {
        long to = now * 1_000;
        long from = Math.max(pumpedTo, to - CATCH_UP_MICROS);
        boolean first = pumpedTo == Long.MIN_VALUE;
        pumpedTo = to;
        if (silent || first || market.settings().stream().ticksPerSecond() <= 0) {
            return;
        }
        for (Line line : lines.values()) {
            if (line.tape() == null) {
                pumpWide(line, from, now);
            } else if (market.isOpen(line.tape().item().venue(), now)) {
                pumpItem(line, line.tape(), from, now);
            }
        }
    }

    private void pumpItem(Line line, KiwoomTape tape, long from, long now) {
        long interval = market.interval();
        long last = tape.lastEvent(now * 1_000, interval);
        for (long n = tape.lastEvent(from, interval) + 1; n <= last; n++) {
            List<KiwoomType> types = KiwoomTape.isTrade(n) ? List.of(KiwoomType.TRADE) : BOOKS;
            if (line.holdsAny(types)) {
                deliver(line, types, tape.at(n, interval), now);
            }
        }
        if (line.holdsAny(SLOW) && slowEvents(tape, from, now) > 0) {
            deliver(line, SLOW, market.newest(tape, now), now);
        }
    }

    private long slowEvents(KiwoomTape tape, long from, long now) {
        long interval = market.settings().stream().slowMs() * 1_000L;
        return tape.lastEvent(now * 1_000, interval) - tape.lastEvent(from, interval);
    }

    private void pumpWide(Line line, long from, long now) {
        List<KiwoomItem> stocks = market.stocks();
        long period = market.settings().stream().slowMs();
        int turn = (int) Math.floorMod(now / period, (long) stocks.size());
        KiwoomTape tape = market.tape(stocks.get(turn));
        if (market.isOpen(KiwoomItem.Venue.KRX, now) && slowEvents(tape, from, now) > 0) {
            deliver(line, WIDE, market.newest(tape, now), now);
        }
    }

    private void deliver(Line line, List<KiwoomType> types, KiwoomState state, long now) {
        for (KiwoomType type : types) {
            List<KiwoomSession> holders = line.of(type);
            if (!holders.isEmpty()) {
                String entry = entry(type, state, now);
                holders.forEach(each -> each.outbox().entry(type, entry, now));
            }
        }
    }

    private String entry(KiwoomType type, KiwoomState state, long now) {
        String time = market.time(state.second());
        KiwoomValues values = switch (type) {
            case TRADE -> KiwoomTradeValues.trade(state, time, market.session(state.second()));
            case QUOTE -> KiwoomTradeValues.quote(state);
            case EXPECTED -> KiwoomTradeValues.expected(state, time);
            case BEST -> KiwoomBookValues.best(state);
            case BOOK -> KiwoomBookValues.book(state, time);
            case AFTER_HOURS -> KiwoomBookValues.afterHours(state, time);
            case SESSION_TIME -> KiwoomOtherValues.sessionTime(market.time(now / 1_000));
            case VI -> KiwoomOtherValues.interruption(state, time);
            case ORDER -> KiwoomOtherValues.order(state, time);
            case BALANCE -> KiwoomOtherValues.balance(state);
            default -> throw new IllegalStateException("never fed: " + type);
        };
        String item =
                type == KiwoomType.SESSION_TIME ? EVERYTHING : state.item().code();
        long chance = state.tape().look(state.event(), Hash.of(type.id()));
        return KiwoomEntries.entry(
                type, item, values, chance, market.settings().stream().extraFields());
    }

    /** So many more trades, or books where no trade is registered, at once to each of these sessions. */
    void burst(int entries, Collection<KiwoomSession> to, long now) {
        for (KiwoomSession session : to) {
            List<Line> held = lines.values().stream()
                    .filter(line -> line.of(KiwoomType.TRADE).contains(session)
                            || line.of(KiwoomType.BOOK).contains(session))
                    .toList();
            for (int i = 0; i < entries && !held.isEmpty(); i++) {
                burstOne(held.get(i % held.size()), session, now);
            }
        }
    }

    private void burstOne(Line line, KiwoomSession session, long now) {
        if (line.tape() == null) {
            return;
        }
        long event = market.newest(line.tape(), now).event();
        if (line.of(KiwoomType.TRADE).contains(session)) {
            KiwoomState state = line.tape().extra(event, market.interval());
            session.outbox().entry(KiwoomType.TRADE, entry(KiwoomType.TRADE, state, now), now);
        } else {
            KiwoomState state = line.tape().at(event, market.interval());
            session.outbox().entry(KiwoomType.BOOK, entry(KiwoomType.BOOK, state, now), now);
        }
    }
}
