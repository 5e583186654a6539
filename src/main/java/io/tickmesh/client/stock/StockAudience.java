package io.tickmesh.client.stock;

import io.netty.buffer.ByteBuf;
import io.tickmesh.client.Audience;
import io.tickmesh.client.DialectMeters;
import io.tickmesh.client.Frames;
import io.tickmesh.client.Json;
import io.tickmesh.client.TopicLine;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import io.tickmesh.market.Trade;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sessions that watch one code. The contract has no frames for jumps and states: those are counted only. */
final class StockAudience extends Audience {
    /**
     * What the contract calls KIS's internal id of the symbol. KIS has none: this stands at its place in a frame of trades,
     * {@code 0|H0STCNT0|001|005930^...}, and counts the trades in that frame. A frame of this contract has one.
     */
    private static final String ONE_TRADE = "001";

    private static final Decimal UNKNOWN = Decimal.of(0);
    private static final long MICROS = 1_000_000;
    private static final long SEOUL_AHEAD = 9 * 3_600;
    private static final long DAY = 24 * 3_600;

    private final Topic topic;
    private final DialectMeters meters;
    private final StringBuilder text = new StringBuilder(160);
    private @Nullable Trade last;

    StockAudience(Topic topic, DialectMeters meters) {
        this.topic = topic;
        this.meters = meters;
    }

    @Override
    public List<Topic> topics() {
        return List.of(topic);
    }

    TopicLine line() {
        return lines().get(0);
    }

    @Override
    protected boolean update(Tick newest) {
        if (newest instanceof Trade trade) {
            last = trade;
            return true;
        }
        return false;
    }

    @Override
    protected ByteBuf encodeTick() {
        Trade trade = last;
        if (trade == null) {
            throw new IllegalStateException("no trade yet of " + topic);
        }
        text.setLength(0);
        text.append('{');
        Json.text(text, "type", "stock_price");
        Json.text(text, "stock_code", topic.instrument().symbol());
        Json.text(text, "symbol", ONE_TRADE);
        Json.text(text, "time", clockInSeoul(trade.providerTime()));
        Json.decimal(text, "price", trade.price());
        Decimal size = trade.size();
        Json.decimal(text, "volume", size == null ? UNKNOWN : size);
        return Frames.text(text.append('}'));
    }

    /** {@code HHMMSS}; Seoul knows no summer time. */
    static String clockInSeoul(long micros) {
        long second = Math.floorMod(Math.floorDiv(micros, MICROS) + SEOUL_AHEAD, DAY);
        long clock = second / 3_600 * 10_000 + second / 60 % 60 * 100 + second % 60;
        return Long.toString(1_000_000 + clock).substring(1);
    }

    @Override
    protected @Nullable ByteBuf encodeSnapshot() {
        return last == null ? null : tickFrame();
    }

    @Override
    protected DialectMeters meters() {
        return meters;
    }
}
