package io.tickmesh.sim;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Upbit's quotation REST: request in, answer out. */
final class UpbitRest {
    private static final String PREFIX = "/v1/";
    private static final long SECOND_MS = 1_000;
    private static final int MOST_TRADES = 500;
    private static final int MOST_DAYS_AGO = 7;

    /** A parameter that is missing or wrong. */
    private static final class BadParameter extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Reply reply;

        BadParameter(int status, String message) {
            super(message, null, false, false);
            reply = UpbitGate.error(status, message);
        }
    }

    private final UpbitPump pump;
    private final UpbitLimiter limits = new UpbitLimiter();
    private final UpbitLimiter origins;
    private UpbitSimSettings settings;

    UpbitRest(UpbitPump pump, UpbitLimiter origins, UpbitSimSettings settings) {
        this.pump = pump;
        this.origins = origins;
        this.settings = settings;
    }

    void retune(UpbitSimSettings changed) {
        if (changed.rest().perSecond() != settings.rest().perSecond()) {
            limits.reset();
        }
        settings = changed;
    }

    void reset() {
        limits.reset();
    }

    /** The answer, or null where there is no such path. */
    @Nullable
    Reply answer(HttpCall call, long now) {
        @Nullable String group = groupOf(call.path());
        if (group == null) {
            return call.path().startsWith(PREFIX) ? UpbitGate.error(404, "no such path") : null;
        }
        if (!call.method().equals("GET")) {
            return UpbitGate.error(405, "only GET");
        }
        boolean hasOrigin = call.header("Origin") != null;
        String address = UpbitGate.address(call);
        UpbitLimiter.Verdict verdict = hasOrigin
                ? origins.admit(address, 1, settings.access().originWindowMs(), settings.access(), now)
                : limits.admit(group + ' ' + address, settings.rest().perSecond(), SECOND_MS, settings.access(), now);
        Reply reply = verdict.admitted() ? answerAdmitted(call, now) : UpbitGate.tooMany(verdict);
        int perSecond = hasOrigin ? 1 : settings.rest().perSecond();
        return reply.with(
                "Remaining-Req",
                UpbitGate.remaining(hasOrigin ? "origin" : group, perSecond, Math.min(perSecond, verdict.left())));
    }

    private static @Nullable String groupOf(String path) {
        return switch (path) {
            case "/v1/market/all" -> "market";
            case "/v1/ticker" -> "ticker";
            case "/v1/orderbook", "/v1/orderbook/instruments" -> "orderbook";
            case "/v1/trades/ticks" -> "trade";
            default -> null;
        };
    }

    private Reply answerAdmitted(HttpCall call, long now) {
        UpbitAnswers answers = new UpbitAnswers(pump, settings);
        try {
            return switch (call.path()) {
                case "/v1/market/all" -> {
                    boolean details = "true".equals(call.param("is_details"));
                    yield list(pump.markets().all(), each -> answers.market(each, details));
                }
                case "/v1/ticker" -> list(markets(call), each -> answers.ticker(each, now));
                case "/v1/orderbook" -> books(call, answers, now);
                case "/v1/orderbook/instruments" -> list(markets(call), answers::instrument);
                default -> trades(call, answers, now);
            };
        } catch (BadParameter e) {
            return e.reply;
        }
    }

    private static <T> Reply list(Iterable<T> items, Function<T, String> writer) {
        StringBuilder out = new StringBuilder("[");
        items.forEach(each -> out.append(out.length() == 1 ? "" : ",").append(writer.apply(each)));
        return Reply.json(200, out.append(']').toString());
    }

    private List<UpbitMarket> markets(HttpCall call) {
        List<UpbitMarket> found = new ArrayList<>();
        for (String code : required(call, "markets").split(",", -1)) {
            found.add(market(code));
        }
        return found;
    }

    private UpbitMarket market(String code) {
        @Nullable UpbitMarket market = pump.markets().find(code);
        if (market == null) {
            throw new BadParameter(404, "Code not found");
        }
        return market;
    }

    private static String required(HttpCall call, String name) {
        @Nullable String value = call.param(name);
        if (value == null || value.isEmpty()) {
            throw new BadParameter(400, "Missing request parameter: " + name);
        }
        return value;
    }

    private static int whole(HttpCall call, String name, int absent, int least, int most) {
        @Nullable String value = call.param(name);
        if (value == null) {
            return absent;
        }
        int number = value.matches("\\d{1,6}") ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            throw new BadParameter(400, name + " must be " + least + " to " + most);
        }
        return number;
    }

    private Reply books(HttpCall call, UpbitAnswers answers, long now) {
        int depth = whole(call, "count", UpbitBook.DEPTH, 1, UpbitBook.DEPTH);
        @Nullable String asked = call.param("level");
        if (asked != null && !asked.matches("\\d{1,12}(\\.\\d{1,12})?")) {
            throw new BadParameter(400, "level must be a number");
        }
        BigDecimal level = asked == null ? BigDecimal.ZERO : new BigDecimal(asked);
        List<UpbitStream> known = new ArrayList<>();
        for (UpbitMarket each : markets(call)) {
            @Nullable
            UpbitStream stream =
                    UpbitStream.of(UpbitStream.Kind.ORDERBOOK, "orderbook", each.code(), level, pump.markets(), false);
            if (stream != null) {
                known.add(stream);
            }
        }
        return list(known, each -> answers.book(each.market(), each.step(), depth, now));
    }

    private Reply trades(HttpCall call, UpbitAnswers answers, long now) {
        UpbitBoard board = pump.board(market(required(call, "market")));
        int count = whole(call, "count", 1, 1, MOST_TRADES);
        int daysAgo = whole(call, "days_ago", 0, 0, MOST_DAYS_AGO);
        long today = Math.floorDiv(pump.marketTime(now), UpbitTape.DAY_MS) * UpbitTape.DAY_MS;
        long midnight = today - daysAgo * UpbitTape.DAY_MS;
        long end = midnight + timeOfDay(call.param("to"));
        long time = Math.min(end, pump.marketTime(now));
        long cursor = cursor(call.param("cursor"));
        long newest = Math.min(board.ordinalBy(time), beforeCursor(cursor, midnight));
        List<UpbitTape.Event> events = new ArrayList<>();
        for (long ordinal = newest; ordinal >= 0 && events.size() < count; ordinal--) {
            UpbitTape.Event event = board.past(time, ordinal);
            if (event.id() < cursor) {
                events.add(event);
            }
        }
        return list(events, each -> answers.trade(board, each));
    }

    /** The highest ordinal of a day whose id may lie below a cursor: neighbours may have theirs swapped. */
    private static long beforeCursor(long cursor, long midnight) {
        long day = midnight / UpbitTape.DAY_MS;
        long cursorDay = UpbitTape.dayOf(cursor);
        if (cursorDay != day) {
            return cursorDay > day ? Long.MAX_VALUE : -1;
        }
        return UpbitTape.ordinalOf(cursor) + 1;
    }

    private static long cursor(@Nullable String text) {
        if (text == null) {
            return Long.MAX_VALUE;
        }
        if (!text.matches("\\d{1,18}")) {
            throw new BadParameter(400, "cursor must be a number");
        }
        return Long.parseLong(text);
    }

    /** Milliseconds since midnight of HHmmss or HH:mm:ss, without it the end of the day. */
    private static long timeOfDay(@Nullable String text) {
        if (text == null) {
            return UpbitTape.DAY_MS - 1;
        }
        String digits = text.replace(":", "");
        if (!text.matches("\\d{6}|\\d{2}:\\d{2}:\\d{2}")) {
            throw new BadParameter(400, "to must be HHmmss or HH:mm:ss");
        }
        try {
            return SECOND_MS
                    * LocalTime.of(
                                    Integer.parseInt(digits.substring(0, 2)),
                                    Integer.parseInt(digits.substring(2, 4)),
                                    Integer.parseInt(digits.substring(4)))
                            .toSecondOfDay();
        } catch (DateTimeException e) {
            throw new BadParameter(400, "to must be a time of day");
        }
    }
}
