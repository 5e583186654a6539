package io.tickmesh.client;

import io.netty.buffer.ByteBuf;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An audience whose frames are those of another dialect's, each in an envelope. */
public abstract class WrappedAudience extends Audience {
    private final Audience inner;

    /** The frames of an audience that nobody else uses. */
    protected WrappedAudience(Audience inner) {
        this.inner = inner;
    }

    /** Makes a frame of a frame, which is the method's to release. */
    protected abstract ByteBuf wrap(ByteBuf frame);

    private @Nullable ByteBuf wrapped(@Nullable ByteBuf frame) {
        return frame == null ? null : wrap(frame);
    }

    @Override
    final void readFrom(TopicLine line) {
        inner.readFrom(line);
        keep(line);
    }

    @Override
    public final List<Topic> topics() {
        return inner.topics();
    }

    @Override
    protected final boolean update(Tick newest) {
        return inner.update(newest);
    }

    @Override
    protected final boolean conflates() {
        return inner.conflates();
    }

    @Override
    protected final boolean beginsAnew() {
        return inner.beginsAnew();
    }

    @Override
    protected final ByteBuf encodeTick() {
        return wrap(inner.encodeTick());
    }

    @Override
    protected final @Nullable ByteBuf encodeSnapshot() {
        return wrapped(inner.encodeSnapshot());
    }

    @Override
    protected final @Nullable ByteBuf encodeReset() {
        return wrapped(inner.encodeReset());
    }

    @Override
    protected final @Nullable ByteBuf encodeGap(long lost) {
        return wrapped(inner.encodeGap(lost));
    }

    @Override
    protected final @Nullable ByteBuf encodeConflated(int ticks) {
        return wrapped(inner.encodeConflated(ticks));
    }

    @Override
    protected final @Nullable ByteBuf encodeState() {
        return wrapped(inner.encodeState());
    }

    @Override
    protected final boolean settles() {
        return inner.settles();
    }

    @Override
    protected final @Nullable ByteBuf encodeDone() {
        return wrapped(inner.encodeDone());
    }

    @Override
    protected final @Nullable ByteBuf encodeMissed(Tick missed) {
        return wrapped(inner.encodeMissed(missed));
    }

    @Override
    protected final void onEnd() {
        inner.onEnd();
    }

    @Override
    protected final DialectMeters meters() {
        return inner.meters();
    }
}
