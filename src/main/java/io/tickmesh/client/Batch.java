package io.tickmesh.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the frames of a window of time into one: a JSON array of what would else be frames of their own. A single one
 * stays as it is.
 */
final class Batch extends TimerWheel.Entry {
    /** A batch that has grown so large goes before its time. */
    static final int FULL_BYTES = 32_768;

    private final Session session;
    private final TimerWheel wheel;
    private final long windowNanos;
    private @Nullable ByteBuf only;
    private @Nullable ByteBuf many;
    private boolean due;

    Batch(Session session, TimerWheel wheel, long windowNanos) {
        this.session = session;
        this.wheel = wheel;
        this.windowNanos = windowNanos;
    }

    /** Takes a frame with its reference. */
    void add(ByteBuf frame) {
        ByteBuf first = only;
        if (many != null) {
            append(many, ',', frame);
        } else if (first == null) {
            only = frame;
            wheel.schedule(this, wheel.now() + windowNanos);
        } else {
            only = null;
            ByteBuf both = ByteBufAllocator.DEFAULT.directBuffer(512).writerIndex(Frames.LARGEST_HEADER);
            append(both, '[', first);
            append(both, ',', frame);
            many = both;
        }
    }

    private static void append(ByteBuf out, char before, ByteBuf frame) {
        out.writeByte(before).writeBytes(Frames.payload(frame));
        frame.release();
    }

    /** Somebody waits for what was added last. */
    void hurry() {
        due = true;
    }

    boolean full() {
        return many != null && many.writerIndex() >= FULL_BYTES;
    }

    boolean due() {
        return due;
    }

    /** What was gathered, as a frame for the caller; null if nothing was. */
    @Nullable
    ByteBuf take() {
        wheel.cancel(this);
        due = false;
        ByteBuf taken = only;
        if (many != null) {
            taken = Frames.withHeader(many.writeByte(']'));
        }
        only = null;
        many = null;
        return taken;
    }

    @Override
    void onDue(long nanoTime) {
        due = true;
        session.flushSoon();
    }
}
