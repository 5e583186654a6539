package io.tickmesh.client.stream;

import static io.tickmesh.client.stream.TickField.any;
import static io.tickmesh.client.stream.TickField.decimal;
import static io.tickmesh.client.stream.TickField.text;
import static io.tickmesh.client.stream.TickField.whole;

import io.tickmesh.client.Json;
import io.tickmesh.market.Book;
import io.tickmesh.market.Candle;
import io.tickmesh.market.Expected;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Level;
import io.tickmesh.market.MarketStatus;
import io.tickmesh.market.Notice;
import io.tickmesh.market.Quote;
import io.tickmesh.market.Side;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Ticker;
import io.tickmesh.market.Trade;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The members of the values of every kind, in the order in which they are written. */
final class TickFields {
    /** The side in one letter. */
    static final TickField SIDE_LETTER = text("side", Trade.class, TickFields::sideLetter);

    private static final Map<Kind, List<TickField>> OF_KIND = new EnumMap<>(Kind.class);

    static {
        put(
                Kind.TRADE,
                decimal("price", Trade.class, Trade::price),
                decimal("size", Trade.class, Trade::size),
                text("side", Trade.class, TickFields::side),
                text("exchange", Trade.class, Trade::exchange),
                any("broken", Trade.class, (out, trade) -> appendBroken(out, trade.broken())));
        put(
                Kind.QUOTE,
                decimal("bid_price", Quote.class, Quote::bidPrice),
                decimal("bid_size", Quote.class, Quote::bidSize),
                decimal("ask_price", Quote.class, Quote::askPrice),
                decimal("ask_size", Quote.class, Quote::askSize),
                text("exchange", Quote.class, Quote::exchange));
        put(
                Kind.BOOK,
                any("asks", Book.class, (out, book) -> appendLevels(out, book.asks())),
                any("bids", Book.class, (out, book) -> appendLevels(out, book.bids())),
                decimal("ask_total", Book.class, Book::askTotal),
                decimal("bid_total", Book.class, Book::bidTotal));
        put(
                Kind.TICKER,
                decimal("price", Ticker.class, ticker -> ticker.day().price()),
                decimal("change", Ticker.class, ticker -> ticker.day().change()),
                decimal("change_rate", Ticker.class, ticker -> ticker.day().changeRate()),
                decimal("open", Ticker.class, ticker -> ticker.day().open()),
                decimal("high", Ticker.class, ticker -> ticker.day().high()),
                decimal("low", Ticker.class, ticker -> ticker.day().low()),
                decimal("previous_close", Ticker.class, ticker -> ticker.day().previousClose()),
                decimal("volume", Ticker.class, ticker -> ticker.day().volume()),
                decimal("amount", Ticker.class, ticker -> ticker.day().amount()),
                decimal("volume_24h", Ticker.class, ticker -> ticker.day().volume24h()),
                decimal("amount_24h", Ticker.class, ticker -> ticker.day().amount24h()));
        put(
                Kind.CANDLE,
                whole("start", Candle.class, Candle::start),
                decimal("open", Candle.class, Candle::open),
                decimal("high", Candle.class, Candle::high),
                decimal("low", Candle.class, Candle::low),
                decimal("close", Candle.class, Candle::close),
                decimal("volume", Candle.class, Candle::volume),
                decimal("amount", Candle.class, Candle::amount));
        put(
                Kind.EXPECTED,
                decimal("price", Expected.class, Expected::price),
                decimal("size", Expected.class, Expected::size),
                decimal("change", Expected.class, Expected::change),
                decimal("change_rate", Expected.class, Expected::changeRate));
        put(Kind.STATUS, any("fields", MarketStatus.class, (out, status) -> appendTexts(out, status.fields())));
        put(
                Kind.NOTICE,
                text("event", Notice.class, Notice::type),
                any("fields", Notice.class, (out, notice) -> appendTexts(out, notice.fields())));
    }

    private TickFields() {}

    private static void put(Kind kind, TickField... own) {
        List<TickField> all = new ArrayList<>();
        all.add(whole("time", Tick.class, Tick::providerTime));
        all.add(whole("received", Tick.class, Tick::receivedAt));
        all.addAll(List.of(own));
        OF_KIND.put(kind, List.copyOf(all));
    }

    /** The members of a kind, in order. */
    static List<TickField> of(Kind kind) {
        return OF_KIND.getOrDefault(kind, List.of());
    }

    /** The member of that name; null if the kind has none. */
    static @Nullable TickField find(Kind kind, String name) {
        for (TickField field : of(kind)) {
            if (field.name().equals(name)) {
                return field;
            }
        }
        return null;
    }

    /** The names that values of these kinds have. */
    static Collection<String> names(Collection<Kind> kinds) {
        Collection<String> names = new TreeSet<>();
        kinds.forEach(kind -> of(kind).forEach(field -> names.add(field.name())));
        return names;
    }

    private static @Nullable String side(Trade trade) {
        @Nullable Side side = trade.side();
        return side == null ? null : side.word();
    }

    private static @Nullable String sideLetter(Trade trade) {
        @Nullable Side side = trade.side();
        return side == null ? null : side == Side.BUY ? "b" : "s";
    }

    private static boolean appendBroken(StringBuilder out, Trade.@Nullable Broken broken) {
        if (broken != null) {
            out.append('{');
            Json.decimal(out, "price", broken.price());
            Json.decimal(out, "size", broken.size());
            out.append('}');
        }
        return broken != null;
    }

    private static boolean appendLevels(StringBuilder out, List<Level> levels) {
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
        return true;
    }

    /** The names are the provider's: any text may stand there. */
    private static boolean appendTexts(StringBuilder out, Map<String, String> texts) {
        out.append('{');
        texts.forEach((name, value) -> {
            Json.separate(out);
            Json.quoted(out, name);
            out.append(':');
            Json.quoted(out, value);
        });
        out.append('}');
        return true;
    }
}
