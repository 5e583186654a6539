package io.tickmesh.bus;

import io.tickmesh.market.Answer;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.StateChange;
import io.tickmesh.market.Tick;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves a {@link TickBatch}.
 *
 * <pre> pool text | owner text | epoch i64 | number i64 | sent i64 | events i32 | { type u8 | fields of the type }... </pre>
 */
final class TickBatchCodec extends WireCodec<TickBatch> {
    private static final int TICK = 1;
    private static final int ANSWER = 2;
    private static final int STATE = 3;
    private static final int FEED = 4;

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
            out.u8(TICK);
            TickCodec.write(out, tick);
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
            TickCodec.write(out, newest);
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
        out.text(status.tokens());
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
            case TICK -> TickCodec.read(in);
            case ANSWER -> readAnswer(in);
            case STATE -> new StateChange(in.topic(), in.state());
            case FEED -> readStatus(in);
            default -> throw new IllegalArgumentException("unknown event type " + type);
        };
    }

    private static Answer readAnswer(WireReader in) {
        return new Answer(
                in.topic(), in.optionalText(), in.state(), in.i64(), in.i64(), in.flag() ? TickCodec.read(in) : null);
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
                in.text(),
                in.i64());
    }
}
