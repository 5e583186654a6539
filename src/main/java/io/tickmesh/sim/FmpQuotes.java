package io.tickmesh.sim;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The quote of one ticker as FMP's REST endpoints write it. */
final class FmpQuotes {
    private static final long DAY = 86_400;
    private static final long DAY_STEP = 900;
    private static final long SHARES = 1;
    private static final long TURNOVER = 2;
    private static final long EARNINGS = 3;

    private static final Map<String, String> NAMES = Map.of(
            "aapl", "Apple Inc.",
            "msft", "Microsoft Corporation",
            "nvda", "NVIDIA Corporation",
            "amzn", "Amazon.com, Inc.",
            "googl", "Alphabet Inc.",
            "tsla", "Tesla, Inc.",
            "btcusd", "Bitcoin USD",
            "ethusd", "Ethereum USD",
            "eurusd", "EUR/USD",
            "xauusd", "Gold Spot US Dollar");

    /** The four forms of a quote. */
    enum Form {
        V3,
        V3_SHORT,
        STABLE,
        STABLE_SHORT
    }

    private final FmpTicker ticker;
    private final PriceWalk walk;
    private final long second;
    private final long midnight;
    private final long price;
    private final long previous;

    FmpQuotes(PriceWalk walk, long second) {
        this.ticker = walk.ticker();
        this.walk = walk;
        this.second = second;
        this.midnight = second - Math.floorMod(second, DAY);
        this.price = walk.priceAt(second);
        this.previous = walk.priceAt(midnight - 1);
    }

    JsonObject as(Form form, List<String> nullFields) {
        JsonObject out = new JsonObject().put("symbol", ticker.symbol().toUpperCase(Locale.ROOT));
        switch (form) {
            case V3 -> putLong(out, "changesPercentage");
            case STABLE -> putLong(out, "changePercentage");
            case V3_SHORT -> out.put("price", decimal(price)).put("volume", volume());
            case STABLE_SHORT ->
                out.put("price", decimal(price))
                        .put("change", decimal(price - previous))
                        .put("volume", volume());
        }
        if (form == Form.V3) {
            putOldFields(out);
        }
        nullFields.stream().filter(out::containsKey).forEach(out::putNull);
        return out;
    }

    private void putLong(JsonObject out, String percentName) {
        long low = Math.min(price, previous);
        long high = Math.max(price, previous);
        for (long at = midnight; at < second; at += DAY_STEP) {
            low = Math.min(low, walk.priceAt(at));
            high = Math.max(high, walk.priceAt(at));
        }
        out.put("name", NAMES.getOrDefault(ticker.symbol(), ticker.symbol().toUpperCase(Locale.ROOT)))
                .put("price", decimal(price))
                .put(percentName, BigDecimal.valueOf((price - previous) * 10_000 / previous, 2))
                .put("change", decimal(price - previous))
                .put("volume", volume())
                .put("dayLow", decimal(low))
                .put("dayHigh", decimal(high))
                .put("yearHigh", decimal(ticker.base() * 12 / 10))
                .put("yearLow", decimal(ticker.base() * 8 / 10))
                .put(
                        "marketCap",
                        decimal(price).multiply(BigDecimal.valueOf(shares())).toBigInteger())
                .put("priceAvg50", decimal(ticker.base() * 99 / 100))
                .put("priceAvg200", decimal(ticker.base() * 95 / 100))
                .put("exchange", exchange())
                .put("open", decimal(walk.priceAt(midnight)))
                .put("previousClose", decimal(previous))
                .put("timestamp", second);
    }

    private void putOldFields(JsonObject out) {
        long cents = 100 + Hash.below(walk.chance(EARNINGS, 0), 900);
        out.put("avgVolume", perSecond() * DAY)
                .put("eps", BigDecimal.valueOf(cents, 2))
                .put("pe", BigDecimal.valueOf(1_000 + Hash.below(walk.chance(EARNINGS, 1), 3_000), 2))
                .put(
                        "earningsAnnouncement",
                        Instant.ofEpochSecond(midnight + 30 * DAY).toString())
                .put("sharesOutstanding", shares());
    }

    private String exchange() {
        return ticker.asset() == FmpAsset.STOCK ? "NASDAQ" : ticker.asset().name();
    }

    private long shares() {
        return 1_000_000 * (100 + Hash.below(walk.chance(SHARES, 0), 15_000));
    }

    private long perSecond() {
        return 50 + Hash.below(walk.chance(TURNOVER, 0), 1_000);
    }

    /** Of the day so far; never falls within a day. */
    private long volume() {
        return (second - midnight) * perSecond();
    }

    private BigDecimal decimal(long units) {
        BigDecimal plain = BigDecimal.valueOf(units, ticker.scale()).stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }
}
