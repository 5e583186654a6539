package io.tickmesh.sim;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes the data frames of the public types. */
final class UpbitWriter {
    static final ZoneOffset KST = ZoneOffset.ofHours(9);

    static final DateTimeFormatter COMPACT_DATE = DateTimeFormatter.ofPattern("yyyyMMdd");
    static final DateTimeFormatter COMPACT_TIME = DateTimeFormatter.ofPattern("HHmmss");
    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
    private static final int RATE_DIGITS = 10;
    private static final long YEAR_HIGH_DAYS = 88;
    private static final long YEAR_LOW_DAYS = 211;

    private final UpbitStreamSettings how;

    UpbitWriter(UpbitStreamSettings how) {
        this.how = how;
    }

    /** The frame of an event on a stream; {@code type} is {@code SNAPSHOT} or {@code REALTIME}. */
    byte[] frame(UpbitStream stream, UpbitBoard board, UpbitTape.Event event, boolean isShort, String type) {
        UpbitObject out = new UpbitObject(
                isShort, how.numbers(), board.tape().chance(stream.kind().purpose(), event.key()));
        switch (stream.kind()) {
            case TICKER -> putTicker(out, stream, board, event);
            case TRADE -> putTrade(out, stream, board, event);
            case ORDERBOOK -> putBook(out, stream, board, event);
            case CANDLE -> putCandle(out, stream, board, event);
        }
        if (how.extraFields()) {
            out.putJson("added_without_notice", "awn", "{\"since\":\"yesterday\",\"list\":[1,null]}");
        }
        return out.put("stream_type", "st", type).bytes();
    }

    private void putTicker(UpbitObject out, UpbitStream stream, UpbitBoard board, UpbitTape.Event event) {
        out.put("type", "ty", "ticker").put("code", "cd", stream.shownCode());
        putPrices(out, board, event);
        putChange(out, board, event);
        LocalDateTime traded = utc(event.tradedAt());
        out.put("trade_volume", "tv", size(event.volume()))
                .put("acc_trade_volume", "atv", size(event.volumeToday()))
                .put("trade_date", "tdt", COMPACT_DATE.format(traded))
                .put("trade_time", "ttm", COMPACT_TIME.format(traded))
                .put("trade_timestamp", "ttms", shown(event.tradedAt()))
                .put("ask_bid", "ab", event.buyer() ? "BID" : "ASK")
                .put("acc_ask_volume", "aav", size(event.soldToday()))
                .put("acc_bid_volume", "abv", size(event.boughtToday()));
        putYear(out, board.market(), event);
        out.put("market_state", "ms", "ACTIVE");
        if (!how.missingFields()) {
            out.put("trade_status", "ts", (String) null)
                    .put("market_state_for_ios", "msfi", (String) null)
                    .put("is_trading_suspended", "its", false)
                    .put("delisting_date", "dd", (String) null);
        }
        out.put("market_warning", "mw", "NONE")
                .put("timestamp", "tms", shown(event.time()))
                .put("acc_trade_price_24h", "atp24h", turnover(board, event, event.volume24h()))
                .put("acc_trade_volume_24h", "atv24h", size(event.volume24h()));
    }

    void putPrices(UpbitObject out, UpbitBoard board, UpbitTape.Event event) {
        UpbitMarket market = board.market();
        out.put("opening_price", "op", market.price(board.day().opening()))
                .put("high_price", "hp", market.price(board.day().highest()))
                .put("low_price", "lp", market.price(board.day().lowest()))
                .put("trade_price", "tp", market.price(event.price()))
                .put("prev_closing_price", "pcp", market.price(board.previousClose(event)))
                .put("acc_trade_price", "atp", turnover(board, event, event.volumeToday()));
    }

    static void putChange(UpbitObject out, UpbitBoard board, UpbitTape.Event event) {
        long change = event.price() - board.previousClose(event);
        out.put("change", "c", direction(change))
                .put("change_price", "cp", board.market().price(Math.abs(change)))
                .put("signed_change_price", "scp", board.market().price(change))
                .put("change_rate", "cr", rate(Math.abs(change), board.previousClose(event)))
                .put("signed_change_rate", "scr", rate(change, board.previousClose(event)));
    }

    void putYear(UpbitObject out, UpbitMarket market, UpbitTape.Event event) {
        LocalDateTime day = utc(event.time());
        out.put("highest_52_week_price", "h52wp", market.price(market.base() * 12 / 10))
                .put(
                        "highest_52_week_date",
                        "h52wdt",
                        day.minusDays(YEAR_HIGH_DAYS).toLocalDate().toString())
                .put("lowest_52_week_price", "l52wp", market.price(market.base() * 7 / 10))
                .put(
                        "lowest_52_week_date",
                        "l52wdt",
                        day.minusDays(YEAR_LOW_DAYS).toLocalDate().toString());
    }

    private void putTrade(UpbitObject out, UpbitStream stream, UpbitBoard board, UpbitTape.Event event) {
        UpbitMarket market = board.market();
        LocalDateTime traded = utc(event.tradedAt());
        long change = event.price() - board.previousClose(event);
        out.put("type", "ty", "trade")
                .put("code", "cd", stream.shownCode())
                .put("timestamp", "tms", shown(event.time()))
                .put("trade_date", "td", traded.toLocalDate().toString())
                .put("trade_time", "ttm", TIME.format(traded))
                .put("trade_timestamp", "ttms", shown(event.tradedAt()))
                .put("trade_price", "tp", market.price(event.price()))
                .put("trade_volume", "tv", size(event.volume()))
                .put("ask_bid", "ab", event.buyer() ? "BID" : "ASK")
                .put("prev_closing_price", "pcp", market.price(board.previousClose(event)))
                .put("change", "c", direction(change))
                .put("change_price", "cp", market.price(Math.abs(change)))
                .put("sequential_id", "sid", event.id());
        if (!how.missingFields()) {
            UpbitBook top = UpbitBook.of(board.tape(), event, 0, 0);
            out.put("best_ask_price", "bap", market.price(event.bestAsk()))
                    .put("best_ask_size", "bas", size(top.asks().sizes[0]))
                    .put("best_bid_price", "bbp", market.price(event.bestBid()))
                    .put("best_bid_size", "bbs", size(top.bids().sizes[0]));
        }
    }

    private void putBook(UpbitObject out, UpbitStream stream, UpbitBoard board, UpbitTape.Event event) {
        UpbitBook book = UpbitBook.of(board.tape(), event, stream.step(), how.thinEvery());
        int counted = how.totals() == UpbitStreamSettings.Totals.BOOK ? UpbitBook.DEPTH : stream.depth();
        out.put("type", "ty", "orderbook")
                .put("code", "cd", stream.shownCode())
                .put("timestamp", "tms", shown(event.time()));
        putUnits(out, new UpbitUnits(board.market(), book, stream.depth(), counted));
    }

    /** The totals, units and level of a book. */
    void putUnits(UpbitObject out, UpbitUnits units) {
        out.put("total_ask_size", "tas", units.totalAsks())
                .put("total_bid_size", "tbs", units.totalBids())
                .putJson("orderbook_units", "obu", units.json(out));
        if (!how.missingFields()) {
            out.put("level", "lv", units.level());
        }
    }

    private void putCandle(UpbitObject out, UpbitStream stream, UpbitBoard board, UpbitTape.Event event) {
        UpbitMarket market = board.market();
        UpbitExtremes candle = board.candle(stream.seconds(), event);
        LocalDateTime start = utc(candle.start() * 1_000);
        long volume = board.volumeSince(candle.start(), event);
        out.put("type", "ty", "candle." + stream.unit())
                .put("code", "cd", stream.shownCode())
                .put("candle_date_time_utc", "cdttmu", DATE_TIME.format(start))
                .put("candle_date_time_kst", "cdttmk", DATE_TIME.format(start.plusSeconds(KST.getTotalSeconds())))
                .put("opening_price", "op", market.price(candle.opening()))
                .put("high_price", "hp", market.price(candle.highest()))
                .put("low_price", "lp", market.price(candle.lowest()))
                .put("trade_price", "tp", market.price(event.price()))
                .put("candle_acc_trade_volume", "catv", size(volume))
                .put("candle_acc_trade_price", "catp", size(volume).multiply(market.price(candle.opening())))
                .put("timestamp", "tms", shown(event.time()));
    }

    /** What a volume of the day was worth: it grows with the volume and lies between the day's low and high. */
    static BigDecimal turnover(UpbitBoard board, UpbitTape.Event event, long volume) {
        return size(volume).multiply(board.market().price(board.day().opening()));
    }

    static BigDecimal size(long units) {
        return BigDecimal.valueOf(units, UpbitMarket.SIZE_SCALE);
    }

    static String direction(long change) {
        return change > 0 ? "RISE" : change < 0 ? "FALL" : "EVEN";
    }

    static BigDecimal rate(long change, long previous) {
        return BigDecimal.valueOf(change).divide(BigDecimal.valueOf(previous), RATE_DIGITS, RoundingMode.HALF_UP);
    }

    /** The clock of the provider, right or wrong. */
    long shown(long time) {
        return time + how.clockOffsetMs();
    }

    LocalDateTime utc(long time) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(shown(time)), ZoneOffset.UTC);
    }
}
