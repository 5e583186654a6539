package io.tickmesh.sim;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the objects that REST answers with. */
final class UpbitAnswers {
    private static final long PURPOSE = 400;

    private final UpbitPump pump;
    private final UpbitSimSettings settings;

    UpbitAnswers(UpbitPump pump, UpbitSimSettings settings) {
        this.pump = pump;
        this.settings = settings;
    }

    String market(UpbitMarket market, boolean details) {
        UpbitObject out = object(0)
                .put("market", "", market.code())
                .put("korean_name", "", market.koreanName())
                .put("english_name", "", market.coin());
        if (details) {
            UpbitObject caution = object(0);
            List.of(
                            "PRICE_FLUCTUATIONS",
                            "TRADING_VOLUME_SOARING",
                            "DEPOSIT_AMOUNT_SOARING",
                            "GLOBAL_PRICE_DIFFERENCES",
                            "CONCENTRATION_OF_SMALL_ACCOUNTS")
                    .forEach(each -> caution.put(each, "", false));
            out.putJson(
                    "market_event",
                    "",
                    object(0)
                            .put("warning", "", false)
                            .putJson("caution", "", caution.text())
                            .text());
        }
        return out.text();
    }

    String ticker(UpbitMarket market, long now) {
        UpbitBoard board = pump.board(market);
        UpbitTape.Event event = board.newest(pump.marketTime(now));
        LocalDateTime utc = pump.writer().utc(event.tradedAt());
        LocalDateTime kst = utc.plusSeconds(UpbitWriter.KST.getTotalSeconds());
        UpbitObject out = object(board.tape().chance(PURPOSE, event.key()))
                .put("market", "", market.code())
                .put("trade_date", "", UpbitWriter.COMPACT_DATE.format(utc))
                .put("trade_time", "", UpbitWriter.COMPACT_TIME.format(utc))
                .put("trade_date_kst", "", UpbitWriter.COMPACT_DATE.format(kst))
                .put("trade_time_kst", "", UpbitWriter.COMPACT_TIME.format(kst))
                .put("trade_timestamp", "", pump.writer().shown(event.tradedAt()));
        putPrices(out, board, event);
        UpbitWriter.putChange(out, board, event);
        out.put("trade_volume", "", UpbitWriter.size(event.volume()))
                .put("acc_trade_price", "", UpbitWriter.turnover(board, event, event.volumeToday()))
                .put("acc_trade_price_24h", "", UpbitWriter.turnover(board, event, event.volume24h()))
                .put("acc_trade_volume", "", UpbitWriter.size(event.volumeToday()))
                .put("acc_trade_volume_24h", "", UpbitWriter.size(event.volume24h()));
        pump.writer().putYear(out, market, event);
        return out.put("timestamp", "", pump.writer().shown(event.time())).text();
    }

    private void putPrices(UpbitObject out, UpbitBoard board, UpbitTape.Event event) {
        putPrice(out, "opening_price", board.market().price(board.day().opening()));
        putPrice(out, "high_price", board.market().price(board.day().highest()));
        putPrice(out, "low_price", board.market().price(board.day().lowest()));
        putPrice(out, "trade_price", board.market().price(event.price()));
        out.put("prev_closing_price", "", board.market().price(board.previousClose(event)));
    }

    private void putPrice(UpbitObject out, String name, BigDecimal price) {
        if (settings.rest().stringPrices()) {
            out.put(name, "", price.toPlainString());
        } else {
            out.put(name, "", price);
        }
    }

    /** A book grouped by so many ticks, and this many levels of it. */
    String book(UpbitMarket market, long step, int depth, long now) {
        UpbitBoard board = pump.board(market);
        UpbitTape.Event event = board.newest(pump.marketTime(now));
        UpbitBook book =
                UpbitBook.of(board.tape(), event, step, settings.stream().thinEvery());
        int counted = settings.stream().totals() == UpbitStreamSettings.Totals.BOOK ? UpbitBook.DEPTH : depth;
        UpbitObject out = object(board.tape().chance(PURPOSE, event.key()))
                .put("market", "", market.code())
                .put("timestamp", "", pump.writer().shown(event.time()));
        pump.writer().putUnits(out, new UpbitUnits(market, book, depth, counted));
        return out.text();
    }

    String instrument(UpbitMarket market) {
        String levels = market.levels().stream()
                .map(each -> '"' + each.toPlainString() + '"')
                .collect(Collectors.joining(",", "[", "]"));
        return object(0)
                .put("market", "", market.code())
                .put("quote_currency", "", market.quote())
                .put("tick_size", "", market.tickSize().toPlainString())
                .putJson("supported_levels", "", levels)
                .text();
    }

    String trade(UpbitBoard board, UpbitTape.Event event) {
        UpbitMarket market = board.market();
        LocalDateTime utc = pump.writer().utc(event.tradedAt());
        return object(board.tape().chance(PURPOSE, event.key()))
                .put("market", "", market.code())
                .put("trade_date_utc", "", utc.toLocalDate().toString())
                .put("trade_time_utc", "", UpbitWriter.TIME.format(utc))
                .put("timestamp", "", pump.writer().shown(event.tradedAt()))
                .put("trade_price", "", market.price(event.price()))
                .put("trade_volume", "", UpbitWriter.size(event.volume()))
                .put("prev_closing_price", "", market.price(board.previousClose(event)))
                .put("change_price", "", market.price(event.price() - board.previousClose(event)))
                .put("ask_bid", "", event.buyer() ? "BID" : "ASK")
                .put("sequential_id", "", event.id())
                .text();
    }

    private UpbitObject object(long chance) {
        return new UpbitObject(false, settings.stream().numbers(), chance);
    }
}
