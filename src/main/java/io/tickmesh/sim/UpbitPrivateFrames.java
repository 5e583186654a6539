package io.tickmesh.sim;

import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes what happens to orders and assets of an account. */
final class UpbitPrivateFrames {
    private static final BigDecimal FEE_RATE = new BigDecimal("0.0005");
    private static final String STREAM = "REALTIME";

    /** The states of an order. */
    enum State {
        WAIT,
        WATCH,
        TRADE,
        DONE,
        CANCEL,
        PREVENTED
    }

    /** The sides of an order. */
    enum Side {
        ASK,
        BID
    }

    /** A limit order. */
    record Order(String code, State state, Side side, BigDecimal price, BigDecimal volume, BigDecimal executed) {
        Order {
            if (executed.compareTo(volume) > 0) {
                throw new IllegalArgumentException("'executed' must not be more than 'volume'");
            }
        }
    }

    /** What an account has of a currency. */
    record Asset(String currency, BigDecimal balance, BigDecimal locked) {}

    private UpbitPrivateFrames() {}

    static String order(Order order, long number, boolean isShort, long shown) {
        BigDecimal funds = order.price().multiply(order.executed());
        BigDecimal rest = order.volume().subtract(order.executed());
        BigDecimal fee = funds.multiply(FEE_RATE);
        BigDecimal restFee = order.price().multiply(rest).multiply(FEE_RATE);
        BigDecimal locked =
                order.side() == Side.ASK ? rest : order.price().multiply(rest).add(restFee);
        boolean traded = order.state() == State.TRADE;
        UpbitObject out = object(isShort)
                .put("type", "ty", UpbitWanted.MY_ORDER)
                .put("code", "cd", order.code())
                .put("uuid", "uid", uuid(number))
                .put("ask_bid", "ab", order.side().name())
                .put("order_type", "ot", "limit")
                .put("state", "s", Fields.nameOf(order.state()))
                .put("trade_uuid", "tuid", traded ? uuid(-number) : null)
                .put("price", "p", order.price());
        putNumber(out, "avg_price", "ap", order.executed().signum() == 0 ? null : order.price());
        out.put("volume", "v", order.volume())
                .put("remaining_volume", "rv", rest)
                .put("executed_volume", "ev", order.executed())
                .put("trades_count", "tc", order.executed().signum())
                .put("reserved_fee", "rsf", fee.add(restFee))
                .put("remaining_fee", "rmf", restFee)
                .put("paid_fee", "pf", fee)
                .put("locked", "l", locked)
                .put("executed_funds", "ef", funds)
                .put("time_in_force", "tif", (String) null);
        putNumber(out, "trade_fee", "tf", traded ? fee : null);
        return out.putJson("is_maker", "im", traded ? "true" : "null")
                .put("identifier", "id", (String) null)
                .put("smp_type", "smpt", (String) null)
                .put("prevented_volume", "pv", BigDecimal.ZERO)
                .put("prevented_locked", "pl", BigDecimal.ZERO)
                .putJson("trade_timestamp", "ttms", traded ? Long.toString(shown) : "null")
                .put("order_timestamp", "otms", shown)
                .put("timestamp", "tms", shown)
                .put("stream_type", "st", STREAM)
                .text();
    }

    static String asset(Asset asset, long number, boolean isShort, long shown) {
        String one = object(isShort)
                .put("currency", "cu", asset.currency())
                .put("balance", "b", asset.balance())
                .put("locked", "l", asset.locked())
                .text();
        return object(isShort)
                .put("type", "ty", UpbitWanted.MY_ASSET)
                .put("asset_uuid", "astuid", uuid(number))
                .putJson("assets", "ast", '[' + one + ']')
                .put("asset_timestamp", "asttms", shown)
                .put("timestamp", "tms", shown)
                .put("stream_type", "st", STREAM)
                .text();
    }

    private static void putNumber(UpbitObject out, String name, String shortName, @Nullable BigDecimal value) {
        if (value == null) {
            out.put(name, shortName, (String) null);
        } else {
            out.put(name, shortName, value);
        }
    }

    /** All digits of a balance count, so they are written plainly. */
    private static UpbitObject object(boolean isShort) {
        return new UpbitObject(isShort, UpbitNumbers.PLAIN, 0);
    }

    private static String uuid(long number) {
        return new UUID(Hash.mix(1, number), Hash.mix(2, number)).toString();
    }
}
