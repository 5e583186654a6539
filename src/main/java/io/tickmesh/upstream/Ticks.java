package io.tickmesh.upstream;

import io.tickmesh.market.Book;
import io.tickmesh.market.BookParam;
import io.tickmesh.market.Candle;
import io.tickmesh.market.DaySummary;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.Expected;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Level;
import io.tickmesh.market.MarketStatus;
import io.tickmesh.market.Notice;
import io.tickmesh.market.Quote;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Ticker;
import io.tickmesh.market.Topic;
import io.tickmesh.market.Trade;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes ticks of readings: the only place where the numbers of a frame become objects. */
final class Ticks {
    /** What every tick carries. */
    record Stamp(long epoch, long seq, long time, long receivedAt) {}

    private Ticks() {}

    /** Whether a reading says nothing that the newest tick does not say. */
    static boolean repeats(TopicLine line, Reading reading, Tick newest) {
        if (reading.time() != Reading.NO_TIME && reading.time() != newest.providerTime()) {
            return false;
        }
        return newest.equals(
                of(line, reading, new Stamp(newest.epoch(), newest.seq(), newest.providerTime(), newest.receivedAt())));
    }

    /** The next tick of a topic, or null where the reading lacks what the kind needs. */
    static @Nullable Tick of(TopicLine line, Reading reading, Stamp at) {
        return switch (line.topic.kind()) {
            case TRADE -> trade(line.topic, reading, at);
            case QUOTE -> quote(line, reading, at);
            case BOOK -> book(line.topic, reading, at);
            case TICKER -> ticker(line.topic, reading, at);
            case CANDLE -> candle(line.topic, reading, at);
            case EXPECTED -> expected(line.topic, reading, at);
            case STATUS ->
                new MarketStatus(line.topic, at.epoch(), at.seq(), at.time(), at.receivedAt(), reading.fields());
            case NOTICE ->
                new Notice(
                        line.topic, at.epoch(), at.seq(), at.time(), at.receivedAt(), reading.type(), reading.fields());
        };
    }

    private static @Nullable Tick trade(Topic topic, Reading reading, Stamp at) {
        @Nullable Decimal price = reading.get(Field.PRICE);
        return price == null
                ? null
                : new Trade(
                        topic,
                        at.epoch(),
                        at.seq(),
                        at.time(),
                        at.receivedAt(),
                        price,
                        reading.get(Field.SIZE),
                        reading.side(),
                        reading.exchange(),
                        null);
    }

    /** A side that the provider left out keeps its earlier value. */
    private static Tick quote(TopicLine line, Reading reading, Stamp at) {
        @Nullable Decimal bidPrice = reading.get(Field.BID_PRICE);
        @Nullable Decimal bidSize = reading.get(Field.BID_SIZE);
        @Nullable Decimal askPrice = reading.get(Field.ASK_PRICE);
        @Nullable Decimal askSize = reading.get(Field.ASK_SIZE);
        if (line.newest() instanceof Quote last) {
            bidSize = sizeOf(bidPrice, bidSize, last.bidPrice(), last.bidSize());
            bidPrice = bidPrice == null ? last.bidPrice() : bidPrice;
            askSize = sizeOf(askPrice, askSize, last.askPrice(), last.askSize());
            askPrice = askPrice == null ? last.askPrice() : askPrice;
        }
        return new Quote(
                line.topic,
                at.epoch(),
                at.seq(),
                at.time(),
                at.receivedAt(),
                bidPrice,
                bidSize,
                askPrice,
                askSize,
                reading.exchange());
    }

    /** A size that was left out is still known while its price stands; at a new price it is not. */
    private static @Nullable Decimal sizeOf(
            @Nullable Decimal price, @Nullable Decimal size, @Nullable Decimal lastPrice, @Nullable Decimal lastSize) {
        boolean samePrice = price == null || price.equals(lastPrice);
        return size == null && samePrice ? lastSize : size;
    }

    /** A topic that asks for fewer levels than were sent gets no more; its totals are those of the provider. */
    private static Tick book(Topic topic, Reading reading, Stamp at) {
        int most = depth(topic);
        return new Book(
                topic,
                at.epoch(),
                at.seq(),
                at.time(),
                at.receivedAt(),
                reading.asks().levels(most),
                reading.bids().levels(most),
                reading.get(Field.ASK_TOTAL),
                reading.get(Field.BID_TOTAL));
    }

    /** What a book says for another topic of its instrument, or null where that is not enough. */
    static @Nullable Tick of(TopicLine line, Book book, long seq) {
        if (line.topic.kind() == Kind.QUOTE) {
            return quote(line.topic, book, seq);
        }
        int most = depth(line.topic);
        return line.topic.kind() != Kind.BOOK || most > depth(book.topic())
                ? null
                : new Book(
                        line.topic,
                        book.epoch(),
                        seq,
                        book.providerTime(),
                        book.receivedAt(),
                        first(most, book.asks()),
                        first(most, book.bids()),
                        book.askTotal(),
                        book.bidTotal());
    }

    private static @Nullable Tick quote(Topic topic, Book book, long seq) {
        if (book.asks().isEmpty() || book.bids().isEmpty()) {
            return null;
        }
        Level bid = book.bids().get(0);
        Level ask = book.asks().get(0);
        return new Quote(
                topic,
                book.epoch(),
                seq,
                book.providerTime(),
                book.receivedAt(),
                bid.price(),
                bid.size(),
                ask.price(),
                ask.size(),
                null);
    }

    private static List<Level> first(int most, List<Level> levels) {
        return levels.subList(0, Math.min(most, levels.size()));
    }

    private static int depth(Topic topic) {
        String depth = BookParam.of(topic).depth();
        return depth.isEmpty() ? BookSide.MOST : Integer.parseInt(depth);
    }

    private static @Nullable Tick ticker(Topic topic, Reading reading, Stamp at) {
        @Nullable Decimal price = reading.get(Field.PRICE);
        if (price == null) {
            return null;
        }
        DaySummary day = new DaySummary(
                price,
                reading.get(Field.CHANGE),
                reading.get(Field.CHANGE_RATE),
                reading.get(Field.OPEN),
                reading.get(Field.HIGH),
                reading.get(Field.LOW),
                reading.get(Field.PREVIOUS_CLOSE),
                reading.get(Field.VOLUME),
                reading.get(Field.AMOUNT),
                reading.get(Field.VOLUME_24H),
                reading.get(Field.AMOUNT_24H));
        return new Ticker(topic, at.epoch(), at.seq(), at.time(), at.receivedAt(), day);
    }

    private static @Nullable Tick candle(Topic topic, Reading reading, Stamp at) {
        @Nullable Decimal open = reading.get(Field.OPEN);
        @Nullable Decimal high = reading.get(Field.HIGH);
        @Nullable Decimal low = reading.get(Field.LOW);
        @Nullable Decimal close = reading.get(Field.PRICE);
        if (open == null || high == null || low == null || close == null) {
            return null;
        }
        return new Candle(
                topic,
                at.epoch(),
                at.seq(),
                at.time(),
                at.receivedAt(),
                reading.start(),
                open,
                high,
                low,
                close,
                reading.get(Field.VOLUME),
                reading.get(Field.AMOUNT));
    }

    private static @Nullable Tick expected(Topic topic, Reading reading, Stamp at) {
        @Nullable Decimal price = reading.get(Field.PRICE);
        return price == null
                ? null
                : new Expected(
                        topic,
                        at.epoch(),
                        at.seq(),
                        at.time(),
                        at.receivedAt(),
                        price,
                        reading.get(Field.SIZE),
                        reading.get(Field.CHANGE),
                        reading.get(Field.CHANGE_RATE));
    }
}
