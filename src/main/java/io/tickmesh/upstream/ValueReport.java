package io.tickmesh.upstream;

import io.tickmesh.market.Book;
import io.tickmesh.market.Candle;
import io.tickmesh.market.DaySummary;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.Expected;
import io.tickmesh.market.Level;
import io.tickmesh.market.MarketStatus;
import io.tickmesh.market.Notice;
import io.tickmesh.market.Quote;
import io.tickmesh.market.Side;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Ticker;
import io.tickmesh.market.Trade;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest value of a topic as an operator sees it. Of private news only that there is one. */
final class ValueReport {
    private final JsonObject value = new JsonObject();

    private ValueReport() {}

    static JsonObject of(Tick tick) {
        if (tick instanceof Notice) {
            return new JsonObject().put("private", true);
        }
        ValueReport report = new ValueReport();
        report.value.put("time", tick.providerTime()).put("received", tick.receivedAt());
        report.put(tick);
        return report.value;
    }

    private void put(Tick tick) {
        if (tick instanceof Trade trade) {
            put(trade);
        } else if (tick instanceof Quote quote) {
            put(quote);
        } else if (tick instanceof Book book) {
            value.put("asks", levels(book.asks())).put("bids", levels(book.bids()));
            put("ask_total", book.askTotal());
            put("bid_total", book.bidTotal());
        } else if (tick instanceof Ticker ticker) {
            put(ticker.day());
        } else if (tick instanceof Candle candle) {
            put(candle);
        } else if (tick instanceof Expected expected) {
            put("price", expected.price());
            put("size", expected.size());
            put("change", expected.change());
            put("change_rate", expected.changeRate());
        } else if (tick instanceof MarketStatus status) {
            JsonObject fields = new JsonObject();
            status.fields().forEach(fields::put);
            value.put("fields", fields);
        }
    }

    private void put(Trade trade) {
        put("price", trade.price());
        put("size", trade.size());
        @Nullable Side side = trade.side();
        put("side", side == null ? null : side.word());
        put("exchange", trade.exchange());
        Trade.@Nullable Broken broken = trade.broken();
        if (broken != null) {
            ValueReport cancelled = new ValueReport();
            cancelled.put("price", broken.price());
            cancelled.put("size", broken.size());
            value.put("broken", cancelled.value);
        }
    }

    private void put(Quote quote) {
        put("bid_price", quote.bidPrice());
        put("bid_size", quote.bidSize());
        put("ask_price", quote.askPrice());
        put("ask_size", quote.askSize());
        put("exchange", quote.exchange());
    }

    private void put(DaySummary day) {
        put("price", day.price());
        put("change", day.change());
        put("change_rate", day.changeRate());
        put("open", day.open());
        put("high", day.high());
        put("low", day.low());
        put("previous_close", day.previousClose());
        put("volume", day.volume());
        put("amount", day.amount());
        put("volume_24h", day.volume24h());
        put("amount_24h", day.amount24h());
    }

    private void put(Candle candle) {
        value.put("start", candle.start());
        put("open", candle.open());
        put("high", candle.high());
        put("low", candle.low());
        put("close", candle.close());
        put("volume", candle.volume());
        put("amount", candle.amount());
    }

    private static JsonArray levels(List<Level> levels) {
        JsonArray array = new JsonArray();
        for (Level level : levels) {
            array.add(new JsonArray()
                    .add(level.price().toBigDecimal())
                    .add(level.size().toBigDecimal()));
        }
        return array;
    }

    private void put(String key, @Nullable Decimal decimal) {
        if (decimal != null) {
            value.put(key, decimal.toBigDecimal());
        }
    }

    private void put(String key, @Nullable String text) {
        if (text != null) {
            value.put(key, text);
        }
    }
}
