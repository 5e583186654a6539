package io.tickmesh.bus;

import io.tickmesh.market.Book;
import io.tickmesh.market.Candle;
import io.tickmesh.market.DaySummary;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.Expected;
import io.tickmesh.market.MarketStatus;
import io.tickmesh.market.Notice;
import io.tickmesh.market.Quote;
import io.tickmesh.market.Side;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Ticker;
import io.tickmesh.market.Topic;
import io.tickmesh.market.Trade;
import org.jspecify.annotations.Nullable;

/**
 * Moves one tick of any kind. Which kind it is, its topic says.
 *
 * <pre> topic text | epoch i64 | seq i64 | provider time i64 | received i64 | fields of the kind </pre>
 */
final class TickCodec {
    /** What every tick carries. */
    private record Stamp(Topic topic, long epoch, long seq, long providerTime, long receivedAt) {}

    private TickCodec() {}

    static void write(WireWriter out, Tick tick) {
        out.topic(tick.topic());
        out.i64(tick.epoch());
        out.i64(tick.seq());
        out.i64(tick.providerTime());
        out.i64(tick.receivedAt());
        if (tick instanceof Trade trade) {
            writeTrade(out, trade);
        } else if (tick instanceof Quote quote) {
            writeQuote(out, quote);
        } else if (tick instanceof Book book) {
            writeBook(out, book);
        } else if (tick instanceof Ticker ticker) {
            writeDay(out, ticker.day());
        } else if (tick instanceof Candle candle) {
            writeCandle(out, candle);
        } else if (tick instanceof Expected expected) {
            writeExpected(out, expected);
        } else if (tick instanceof MarketStatus status) {
            out.texts(status.fields());
        } else if (tick instanceof Notice notice) {
            out.text(notice.type());
            out.texts(notice.fields());
        }
    }

    private static void writeTrade(WireWriter out, Trade trade) {
        out.decimal(trade.price());
        out.optionalDecimal(trade.size());
        @Nullable Side side = trade.side();
        out.flag(side != null);
        if (side != null) {
            out.name(side);
        }
        out.optionalText(trade.exchange());
        Trade.@Nullable Broken broken = trade.broken();
        out.flag(broken != null);
        if (broken != null) {
            out.decimal(broken.price());
            out.optionalDecimal(broken.size());
        }
    }

    private static void writeQuote(WireWriter out, Quote quote) {
        out.optionalDecimal(quote.bidPrice());
        out.optionalDecimal(quote.bidSize());
        out.optionalDecimal(quote.askPrice());
        out.optionalDecimal(quote.askSize());
        out.optionalText(quote.exchange());
    }

    private static void writeBook(WireWriter out, Book book) {
        out.levels(book.asks());
        out.levels(book.bids());
        out.optionalDecimal(book.askTotal());
        out.optionalDecimal(book.bidTotal());
    }

    private static void writeDay(WireWriter out, DaySummary day) {
        out.decimal(day.price());
        out.optionalDecimal(day.change());
        out.optionalDecimal(day.changeRate());
        out.optionalDecimal(day.open());
        out.optionalDecimal(day.high());
        out.optionalDecimal(day.low());
        out.optionalDecimal(day.previousClose());
        out.optionalDecimal(day.volume());
        out.optionalDecimal(day.amount());
        out.optionalDecimal(day.volume24h());
        out.optionalDecimal(day.amount24h());
    }

    private static void writeCandle(WireWriter out, Candle candle) {
        out.i64(candle.start());
        out.decimal(candle.open());
        out.decimal(candle.high());
        out.decimal(candle.low());
        out.decimal(candle.close());
        out.optionalDecimal(candle.volume());
        out.optionalDecimal(candle.amount());
    }

    private static void writeExpected(WireWriter out, Expected expected) {
        out.decimal(expected.price());
        out.optionalDecimal(expected.size());
        out.optionalDecimal(expected.change());
        out.optionalDecimal(expected.changeRate());
    }

    static Tick read(WireReader in) {
        Stamp at = new Stamp(in.topic(), in.i64(), in.i64(), in.i64(), in.i64());
        return switch (at.topic.kind()) {
            case TRADE -> readTrade(in, at);
            case QUOTE -> readQuote(in, at);
            case BOOK -> readBook(in, at);
            case TICKER -> new Ticker(at.topic, at.epoch, at.seq, at.providerTime, at.receivedAt, readDay(in));
            case CANDLE -> readCandle(in, at);
            case EXPECTED -> readExpected(in, at);
            case STATUS -> new MarketStatus(at.topic, at.epoch, at.seq, at.providerTime, at.receivedAt, in.texts());
            case NOTICE ->
                new Notice(at.topic, at.epoch, at.seq, at.providerTime, at.receivedAt, in.text(), in.texts());
        };
    }

    private static Trade readTrade(WireReader in, Stamp at) {
        Decimal price = in.decimal();
        @Nullable Decimal size = in.optionalDecimal();
        @Nullable Side side = in.flag() ? in.name(Side.class) : null;
        @Nullable String exchange = in.optionalText();
        Trade.@Nullable Broken broken = in.flag() ? new Trade.Broken(in.decimal(), in.optionalDecimal()) : null;
        return new Trade(
                at.topic, at.epoch, at.seq, at.providerTime, at.receivedAt, price, size, side, exchange, broken);
    }

    private static Quote readQuote(WireReader in, Stamp at) {
        return new Quote(
                at.topic,
                at.epoch,
                at.seq,
                at.providerTime,
                at.receivedAt,
                in.optionalDecimal(),
                in.optionalDecimal(),
                in.optionalDecimal(),
                in.optionalDecimal(),
                in.optionalText());
    }

    private static Book readBook(WireReader in, Stamp at) {
        return new Book(
                at.topic,
                at.epoch,
                at.seq,
                at.providerTime,
                at.receivedAt,
                in.levels(),
                in.levels(),
                in.optionalDecimal(),
                in.optionalDecimal());
    }

    private static DaySummary readDay(WireReader in) {
        return new DaySummary(
                in.decimal(),
                in.optionalDecimal(),
                in.optionalDecimal(),
                in.optionalDecimal(),
                in.optionalDecimal(),
                in.optionalDecimal(),
                in.optionalDecimal(),
                in.optionalDecimal(),
                in.optionalDecimal(),
                in.optionalDecimal(),
                in.optionalDecimal());
    }

    private static Candle readCandle(WireReader in, Stamp at) {
        return new Candle(
                at.topic,
                at.epoch,
                at.seq,
                at.providerTime,
                at.receivedAt,
                in.i64(),
                in.decimal(),
                in.decimal(),
                in.decimal(),
                in.decimal(),
                in.optionalDecimal(),
                in.optionalDecimal());
    }

    private static Expected readExpected(WireReader in, Stamp at) {
        return new Expected(
                at.topic,
                at.epoch,
                at.seq,
                at.providerTime,
                at.receivedAt,
                in.decimal(),
                in.optionalDecimal(),
                in.optionalDecimal(),
                in.optionalDecimal());
    }
}
