package io.tickmesh.bus;

import io.tickmesh.market.Answer;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.Quote;
import io.tickmesh.market.StateChange;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import io.tickmesh.market.Trade;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves a {@link TickBatch}.
 *
 * <pre> pool text | owner text | epoch i64 | number i64 | sent i64 | events i32 | { type u8 | fields of the type }... </pre>
 */
final class TickBatchCodec extends WireCodec<TickBatch> {
    private static final int TRADE = 1;
    private static final int QUOTE = 2;
    private static final int ANSWER = 3;
    private static final int STATE = 4;
    private static final int FEED = 5;

    TickBatchCodec() {
        super("ticks", 1);
    }

    @Override
    void write(WireWriter out, TickBatch batch) {
        out.text(batch.pool());
        out.text(batch.owner());
        out.i64(batch.epoch());
        out.i64(batch.number());
        out.i64(batch.sentAt());
        out.i32(batch.events().size());
        batch.events().forEach(event -> writeEvent(out, event));
    }

    private static void writeEvent(WireWriter out, PoolEvent event) {
        if (event instanceof Tick tick) {
            writeTick(out, tick);
        } else if (event instanceof Answer answer) {
            writeAnswer(out, answer);
        } else if (event instanceof StateChange change) {
            out.u8(STATE);
            out.topic(change.topic());
            out.state(change.state());
        } else if (event instanceof FeedStatus status) {
            writeStatus(out, status);
        }
    }

    private static void writeTick(WireWriter out, Tick tick) {
        out.u8(tick instanceof Trade ? TRADE : QUOTE);
        out.topic(tick.topic());
        out.i64(tick.epoch());
        out.i64(tick.seq());
        out.i64(tick.providerTime());
        out.i64(tick.receivedAt());
        if (tick instanceof Trade trade) {
            out.decimal(trade.price());
            out.optionalDecimal(trade.size());
            out.optionalText(trade.exchange());
            Trade.@Nullable Broken broken = trade.broken();
            out.flag(broken != null);
            if (broken != null) {
                out.decimal(broken.price());
                out.optionalDecimal(broken.size());
            }
        } else if (tick instanceof Quote quote) {
            out.optionalDecimal(quote.bidPrice());
            out.optionalDecimal(quote.bidSize());
            out.optionalDecimal(quote.askPrice());
            out.optionalDecimal(quote.askSize());
            out.optionalText(quote.exchange());
        }
    }

    private static void writeAnswer(WireWriter out, Answer answer) {
        out.u8(ANSWER);
        out.topic(answer.topic());
        out.optionalText(answer.refusal());
        out.state(answer.state());
        out.i64(answer.epoch());
        out.i64(answer.seq());
        @Nullable Tick newest = answer.newest();
        out.flag(newest != null);
        if (newest != null) {
            writeTick(out, newest);
        }
    }

    private static void writeStatus(WireWriter out, FeedStatus status) {
        out.u8(FEED);
        out.text(status.pool());
        out.text(status.feed());
        out.text(status.provider());
        out.flag(status.simulated());
        out.flag(status.configured());
        out.name(status.state());
        out.text(status.reason());
        out.i64(status.since());
        out.i32(status.attempts());
        out.i32(status.registered());
        out.i32(status.capacity());
        out.i32(status.refusals());
        out.i64(status.retryAt());
        out.text(status.owner());
        out.i64(status.epoch());
    }

    @Override
    TickBatch read(WireReader in) {
        String pool = in.text();
        String owner = in.text();
        long epoch = in.i64();
        long number = in.i64();
        long sentAt = in.i64();
        int count = in.count();
        List<PoolEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(readEvent(in, in.u8()));
        }
        return new TickBatch(pool, owner, epoch, number, sentAt, events);
    }

    private static PoolEvent readEvent(WireReader in, int type) {
        return switch (type) {
            case TRADE, QUOTE -> readTick(in, type);
            case ANSWER -> readAnswer(in);
            case STATE -> new StateChange(in.topic(), in.state());
            case FEED -> readStatus(in);
            default -> throw new IllegalArgumentException("unknown event type " + type);
        };
    }

    private static Tick readTick(WireReader in, int type) {
        Topic topic = in.topic();
        long epoch = in.i64();
        long seq = in.i64();
        long providerTime = in.i64();
        long receivedAt = in.i64();
        if (type == TRADE) {
            Decimal price = in.decimal();
            @Nullable Decimal size = in.optionalDecimal();
            @Nullable String exchange = in.optionalText();
            Trade.@Nullable Broken broken = in.flag() ? new Trade.Broken(in.decimal(), in.optionalDecimal()) : null;
            return new Trade(topic, epoch, seq, providerTime, receivedAt, price, size, null, exchange, broken);
        }
        return new Quote(
                topic,
                epoch,
                seq,
                providerTime,
                receivedAt,
                in.optionalDecimal(),
                in.optionalDecimal(),
                in.optionalDecimal(),
                in.optionalDecimal(),
                in.optionalText());
    }

    private static Answer readAnswer(WireReader in) {
        return new Answer(
                in.topic(),
                in.optionalText(),
                in.state(),
                in.i64(),
                in.i64(),
                in.flag() ? readTick(in, in.u8()) : null);
    }

    private static FeedStatus readStatus(WireReader in) {
        return new FeedStatus(
                in.text(),
                in.text(),
                in.text(),
                in.flag(),
                in.flag(),
                in.name(FeedState.class),
                in.text(),
                in.i64(),
                in.i32(),
                in.i32(),
                in.i32(),
                in.i32(),
                in.i64(),
                in.text(),
                in.i64());
    }
}
