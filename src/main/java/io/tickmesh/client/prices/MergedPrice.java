package io.tickmesh.client.prices;

import io.tickmesh.client.Json;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.Instrument;
import io.tickmesh.market.Quote;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Trade;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The last known trade and quote of an instrument, as contract 1 shows them: together.
 *
 * <p>Every frame of the contract needs a last price. Where the provider quotes an instrument but never reports its
 * trades (forex), the middle of the quote stands in; elsewhere there is nothing to show before the first trade. Keys
 * that were never seen are left out.
 */
final class MergedPrice {
    private static final DateTimeFormatter ISO_LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

    private final Instrument instrument;
    private final boolean quotedOnly;
    private @Nullable Trade trade;
    private @Nullable Quote quote;
    private @Nullable Tick latest;
    private long cachedAtSecond = -1;
    private String cachedAt = "";

    /**
     * Nothing known yet.
     *
     * @param quotedOnly whether the provider reports no trades for the instrument
     */
    MergedPrice(Instrument instrument, boolean quotedOnly) {
        this.instrument = instrument;
        this.quotedOnly = quotedOnly;
    }

    /** Takes a trade or quote of the instrument into account; false if there is nothing to show for the tick. */
    boolean update(Tick tick) {
        if (tick instanceof Trade newTrade) {
            trade = newTrade;
        } else if (tick instanceof Quote newQuote) {
            quote = newQuote;
        } else {
            return false;
        }
        latest = tick;
        return lastPrice() != null;
    }

    /** Whether there is something to show. */
    boolean known() {
        return lastPrice() != null;
    }

    private @Nullable Decimal lastPrice() {
        if (trade != null) {
            return trade.price();
        }
        if (!quotedOnly || quote == null) {
            return null;
        }
        Decimal bid = quote.bidPrice();
        Decimal ask = quote.askPrice();
        if (bid == null || ask == null) {
            return bid == null ? ask : bid;
        }
        return Decimal.middle(bid, ask);
    }

    /** {@code T}, {@code Q} or {@code B}: what the latest tick was. */
    private String dataType() {
        if (latest instanceof Trade last) {
            return last.broken() == null ? "T" : "B";
        }
        return "Q";
    }

    /** Appends the frame of a market event. */
    void appendUpdate(StringBuilder out) {
        out.append('{');
        Json.text(out, "type", "price_update");
        appendFields(out, "data_type");
        out.append('}');
    }

    /** Appends the entry of the REST cache. */
    void appendEntry(StringBuilder out) {
        out.append('{');
        appendFields(out, "type");
        out.append('}');
    }

    private void appendFields(StringBuilder out, String dataTypeKey) {
        Tick newest = latest;
        Decimal price = lastPrice();
        if (newest == null || price == null) {
            throw new IllegalStateException("nothing known of " + instrument);
        }
        Json.text(out, "symbol", instrument.symbol());
        Json.number(out, "timestamp", newest.providerTime() / 1000);
        Json.text(out, dataTypeKey, dataType());
        Json.decimal(out, "last_price", price);
        Json.decimal(out, "last_size", trade == null ? null : trade.size());
        if (quote != null) {
            Json.decimal(out, "ask_price", quote.askPrice());
            Json.decimal(out, "ask_size", quote.askSize());
            Json.decimal(out, "bid_price", quote.bidPrice());
            Json.decimal(out, "bid_size", quote.bidSize());
        }
        Json.text(out, "cached_at", cachedAt(newest.receivedAt()));
    }

    private String cachedAt(long microseconds) {
        long second = Math.floorDiv(microseconds, 1_000_000L);
        if (second != cachedAtSecond) {
            cachedAtSecond = second;
            cachedAt = isoLocal(second);
        }
        return cachedAt;
    }

    /** The contract's form of a time: local, without a zone, whole seconds. */
    static String isoLocal(long epochSecond) {
        return ISO_LOCAL.format(Instant.ofEpochSecond(epochSecond).atZone(ZoneId.systemDefault()));
    }
}
