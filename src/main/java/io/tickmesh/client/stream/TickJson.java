package io.tickmesh.client.stream;

import io.tickmesh.client.Json;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The value of a tick of any kind, as members of the frame that carries it. */
final class TickJson {
    private TickJson() {}

    static void append(StringBuilder out, Tick tick) {
        Json.number(out, "time", tick.providerTime());
        Json.number(out, "received", tick.receivedAt());
        if (tick instanceof Trade trade) {
            appendTrade(out, trade);
        } else if (tick instanceof Quote quote) {
            appendQuote(out, quote);
        } else if (tick instanceof Book book) {
            appendBook(out, book);
        } else if (tick instanceof Ticker ticker) {
            appendDay(out, ticker.day());
        } else if (tick instanceof Candle candle) {
            appendCandle(out, candle);
        } else if (tick instanceof Expected expected) {
            appendExpected(out, expected);
        } else if (tick instanceof MarketStatus status) {
            appendFields(out, status.fields());
        } else if (tick instanceof Notice notice) {
            Json.text(out, "event", notice.type());
            appendFields(out, notice.fields());
        }
    }

    private static void appendTrade(StringBuilder out, Trade trade) {
        Json.decimal(out, "price", trade.price());
        Json.decimal(out, "size", trade.size());
        @Nullable Side side = trade.side();
        if (side != null) {
            Json.text(out, "side", side.word());
        }
        appendExchange(out, trade.exchange());
        Trade.@Nullable Broken broken = trade.broken();
        if (broken != null) {
            Json.key(out, "broken");
            out.append('{');
            Json.decimal(out, "price", broken.price());
            Json.decimal(out, "size", broken.size());
            out.append('}');
        }
    }

    private static void appendQuote(StringBuilder out, Quote quote) {
        Json.decimal(out, "bid_price", quote.bidPrice());
        Json.decimal(out, "bid_size", quote.bidSize());
        Json.decimal(out, "ask_price", quote.askPrice());
        Json.decimal(out, "ask_size", quote.askSize());
        appendExchange(out, quote.exchange());
    }

    private static void appendExchange(StringBuilder out, @Nullable String exchange) {
        if (exchange != null) {
            Json.text(out, "exchange", exchange);
        }
    }

    private static void appendBook(StringBuilder out, Book book) {
        appendLevels(out, "asks", book.asks());
        appendLevels(out, "bids", book.bids());
        Json.decimal(out, "ask_total", book.askTotal());
        Json.decimal(out, "bid_total", book.bidTotal());
    }

    private static void appendLevels(StringBuilder out, String key, List<Level> levels) {
        Json.key(out, key);
        out.append('[');
        for (int i = 0; i < levels.size(); i++) {
            Level level = levels.get(i);
            out.append(i == 0 ? "[" : ",[");
            level.price().appendTo(out);
            out.append(',');
            level.size().appendTo(out);
            out.append(']');
        }
        out.append(']');
    }

    private static void appendDay(StringBuilder out, DaySummary day) {
        Json.decimal(out, "price", day.price());
        appendChange(out, day.change(), day.changeRate());
        Json.decimal(out, "open", day.open());
        Json.decimal(out, "high", day.high());
        Json.decimal(out, "low", day.low());
        Json.decimal(out, "previous_close", day.previousClose());
        Json.decimal(out, "volume", day.volume());
        Json.decimal(out, "amount", day.amount());
        Json.decimal(out, "volume_24h", day.volume24h());
        Json.decimal(out, "amount_24h", day.amount24h());
    }

    private static void appendChange(StringBuilder out, @Nullable Decimal change, @Nullable Decimal rate) {
        Json.decimal(out, "change", change);
        Json.decimal(out, "change_rate", rate);
    }

    private static void appendCandle(StringBuilder out, Candle candle) {
        Json.number(out, "start", candle.start());
        Json.decimal(out, "open", candle.open());
        Json.decimal(out, "high", candle.high());
        Json.decimal(out, "low", candle.low());
        Json.decimal(out, "close", candle.close());
        Json.decimal(out, "volume", candle.volume());
        Json.decimal(out, "amount", candle.amount());
    }

    private static void appendExpected(StringBuilder out, Expected expected) {
        Json.decimal(out, "price", expected.price());
        Json.decimal(out, "size", expected.size());
        appendChange(out, expected.change(), expected.changeRate());
    }

    /** The names are the provider's: any text may stand there. */
    private static void appendFields(StringBuilder out, Map<String, String> fields) {
        Json.key(out, "fields");
        out.append('{');
        fields.forEach((name, value) -> {
            Json.separate(out);
            Json.quoted(out, name);
            out.append(':');
            Json.quoted(out, value);
        });
        out.append('}');
    }
}
