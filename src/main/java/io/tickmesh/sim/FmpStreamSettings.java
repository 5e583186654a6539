package io.tickmesh.sim;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What the sockets are fed with.
 *
 * @param seed of the price walks
 * @param ticksPerSecond per subscribed ticker, trades and quotes together
 * @param breakEvery about one of so many trades is cancelled by a {@code B} frame; 0 for none
 * @param explicitNulls keys that do not apply to a frame are null instead of absent
 * @param quotesCarryLast quotes repeat the {@code lp} and {@code ls} of the last trade
 * @param arrays frames are arrays of objects
 * @param cryptoTime how the crypto feed writes {@code t}
 * @param cryptoExchanges the two sources of every crypto pair
 * @param heartbeatMs from login on
 * @param marketClosed heartbeats only, prices stand still
 * @param quiet neither ticks nor heartbeats, only answers and what is emitted by hand
 */
public record FmpStreamSettings(
        long seed,
        double ticksPerSecond,
        int breakEvery,
        boolean explicitNulls,
        boolean quotesCarryLast,
        boolean arrays,
        CryptoTime cryptoTime,
        List<String> cryptoExchanges,
        int heartbeatMs,
        boolean marketClosed,
        boolean quiet) {

    /** The unit of {@code t} on the crypto feed. */
    public enum CryptoTime {
        /** Milliseconds followed by seven zeros, as the official sample has it. */
        DIGITS20,
        MS
    }

    static final FmpStreamSettings DEFAULTS = new FmpStreamSettings(
            1, 4, 200, false, false, false, CryptoTime.DIGITS20, List.of("binance", "coinbase"), 30_000, false, false);

    public FmpStreamSettings {
        cryptoExchanges = List.copyOf(cryptoExchanges);
        if (cryptoExchanges.size() != 2
                || !cryptoExchanges.stream().allMatch(each -> each.matches("[a-z0-9_-]{1,30}"))) {
            throw new IllegalArgumentException(
                    "'crypto_exchanges' must be two names of a-z, 0-9, _ and - but is " + cryptoExchanges);
        }
    }

    FmpStreamSettings patched(Fields in) {
        return new FmpStreamSettings(
                in.whole("seed", seed, Long.MIN_VALUE, Long.MAX_VALUE),
                in.decimal("ticks_per_second", ticksPerSecond, 0, 10_000),
                in.integer("break_every", breakEvery, 0, Integer.MAX_VALUE),
                in.flag("explicit_nulls", explicitNulls),
                in.flag("quotes_carry_last", quotesCarryLast),
                in.flag("arrays", arrays),
                in.choice("crypto_time", cryptoTime),
                in.texts("crypto_exchanges", cryptoExchanges),
                in.integer("heartbeat_ms", heartbeatMs, 10, Integer.MAX_VALUE),
                in.flag("market_closed", marketClosed),
                in.flag("quiet", quiet));
    }

    void putInto(JsonObject out) {
        out.put("seed", seed)
                .put("ticks_per_second", ticksPerSecond)
                .put("break_every", breakEvery)
                .put("explicit_nulls", explicitNulls)
                .put("quotes_carry_last", quotesCarryLast)
                .put("arrays", arrays)
                .put("crypto_time", Fields.nameOf(cryptoTime))
                .put("crypto_exchanges", new JsonArray(cryptoExchanges))
                .put("heartbeat_ms", heartbeatMs)
                .put("market_closed", marketClosed)
                .put("quiet", quiet);
    }
}
