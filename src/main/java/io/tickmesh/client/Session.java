package io.tickmesh.client;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connected client, whatever its transport and dialect.
 *
 * <p>Its queue holds, in order, answers and private news that must not be lost (a bounded number, then the session is too
 * slow) and memberships that are owed something (each at most once). Nothing is queued while the client keeps up. Bulk
 * messages, bounded likewise, wait in a queue of their own, behind all that.
 */
public final class Session {
    private final Origin origin;
    private final Transport transport;
    private final Dialect dialect;
    private final DialectMeters meters;
    private final Hub hub;
    private final int mostAnswers;
    final Intake intake;
    private final Map<Object, Membership> memberships = new LinkedHashMap<>();
    private final Map<Object, Wildcard> wildcards = new LinkedHashMap<>(0);
    private final Deque<Object> queue = new ArrayDeque<>(0);
    private final Deque<ByteBuf> bulk = new ArrayDeque<>(0);
    private int queuedAnswers;
    private long conflated;
    private final Pulse pulse = new Pulse();
    private boolean toFlush;
    private boolean overflowed;
    private boolean closed;
    private @Nullable Object attachment;
    private @Nullable Batch batch;
    private boolean unflushed;
    private int writtenIn;

    Session(Origin origin, Transport transport, Dialect dialect, DialectMeters meters, Hub hub, SessionBounds bounds) {
        this.origin = origin;
        this.transport = transport;
        this.dialect = dialect;
        this.meters = meters;
        this.hub = hub;
        this.mostAnswers = bounds.messageQueueSize();
        this.intake = new Intake(bounds.requestsPerSecond(), System.nanoTime());
    }

    public Dialect dialect() {
        return dialect;
    }

    public DialectMeters meters() {
        return meters;
    }

    public Hub hub() {
        return hub;
    }

    /** What tells it apart from the other sessions of the node. */
    public String id() {
        return hub.loop() + "-" + origin.number();
    }

    /** What the client said when it came. */
    public Visit visit() {
        return origin.visit();
    }

    /** Keeps what the dialect wants to remember of this session; null for nothing more. */
    public void attach(@Nullable Object value) {
        attachment = value;
    }

    /** What was attached; null if nothing was. */
    public <T> @Nullable T attachment(Class<T> type) {
        return attachment == null ? null : type.cast(attachment);
    }

    /** The memberships of the session by their subject, in the order of joining. */
    public Map<Object, Membership> memberships() {
        return memberships;
    }

    /** The wildcards of the session by what it calls them. */
    public Map<Object, Wildcard> wildcards() {
        return wildcards;
    }

    /** How much the session holds: what is covered by a wildcard counts with that. */
    public int held() {
        return memberships.size() + wildcards.size();
    }

    public boolean closed() {
        return closed;
    }

    /** Gathers what is sent within each window of time into one frame; zero: no more. */
    public void batch(Duration window) {
        if (batch != null) {
            writeOut(batch.take());
            batch = null;
        }
        if (!window.isZero() && !closed) {
            batch = new Batch(this, hub.wheel(), window.toNanos());
        }
        flushSoon();
    }

    /** Sends an answer: in order, never replaced by a later one, and with it what was gathered before. */
    public void send(CharSequence json) {
        if (!closed) {
            if (batch != null) {
                batch.hurry();
            }
            send(Frames.text(json));
        }
    }

    /**
     * Sends a frame, which is now the session's to release: in order, never replaced by a later one. Where too many wait,
     * the session ends with its next flush: whoever is telling several sessions must be able to go on.
     */
    public void send(ByteBuf frame) {
        if (!hasRoom()) {
            // some of it may wait for nothing but the end of the turn
            writeQueue();
        }
        if (passes()) {
            write(frame);
        } else if (closed || !hasRoom()) {
            frame.release();
            overflowed = true;
            flushSoon();
        } else {
            queuedAnswers++;
            queue.addLast(frame);
            flushSoon();
        }
    }

    /** Sends a shared frame in the order of its like, behind all answers that wait; the caller keeps its own reference. */
    public void sendBulk(ByteBuf shared) {
        if (bulk.size() >= mostAnswers) {
            writeQueue();
        }
        if (passes() && bulk.isEmpty()) {
            pass(shared);
        } else if (closed || bulk.size() >= mostAnswers) {
            overflowed = true;
            flushSoon();
        } else {
            meters.deliveries++;
            bulk.addLast(shared.retainedDuplicate());
            flushSoon();
        }
    }

    void sendIfAny(@Nullable ByteBuf frame) {
        if (frame != null) {
            send(frame);
        }
    }

    private boolean hasRoom() {
        return queuedAnswers < mostAnswers;
    }

    /** Whether so many more frames may wait, and leave as much room to the answers. */
    boolean hasRoomToSpareFor(int frames) {
        return queuedAnswers + frames <= mostAnswers / 2;
    }

    /** Whether a frame may go straight through. */
    boolean passes() {
        return queue.isEmpty() && transport.writable() && !closed;
    }

    boolean writable() {
        return transport.writable();
    }

    /** Writes a shared tick; the caller keeps its own reference. */
    void pass(ByteBuf shared) {
        writeValue(shared.retainedDuplicate());
    }

    /** Sends a shared frame in order, never replaced by a later one; the caller keeps its own reference. */
    public void keep(ByteBuf shared) {
        meters.deliveries++;
        send(shared.retainedDuplicate());
    }

    void writeValue(@Nullable ByteBuf frame) {
        if (frame != null) {
            meters.deliveries++;
            write(frame);
        }
    }

    void write(@Nullable ByteBuf frame) {
        if (frame != null && batch != null) {
            batch.add(frame);
            if (batch.full()) {
                writeOut(batch.take());
            } else if (batch.due()) {
                flushSoon();
            }
        } else {
            writeOut(frame);
        }
    }

    private void writeOut(@Nullable ByteBuf frame) {
        if (frame != null) {
            transport.write(frame);
            unflushed = true;
            writtenIn = hub.turn().coalescing().written(writtenIn);
            if (!transport.writable()) {
                // what one turn wrote may be more than waits in this process, and the client still not slow
                flushOut();
            }
            flushSoon();
        }
    }

    private void flushOut() {
        if (unflushed) {
            unflushed = false;
            transport.flush();
            meters.flushes++;
        }
    }

    /** Puts a membership into the queue, unless it waits there already. */
    void owe(Membership member) {
        if (!member.waiting && !closed) {
            member.waiting = true;
            queue.addLast(member);
            flushSoon();
        }
    }

    /** Takes a membership out of the queue, and tells whether it was there: what it was owed is settled in another way. */
    boolean unowe(Membership member) {
        boolean waited = member.waiting && queue.remove(member);
        member.waiting = false;
        return waited;
    }

    /** Has what waits written at the end of the turn; for a transport that takes data again. */
    public void flushSoon() {
        if (!toFlush && !closed) {
            toFlush = true;
            hub.turn().flushLater(this);
        }
    }

    /** Writes what waits, as far as the client takes it. */
    void flush(long nanoTime) {
        if (closed) {
            return;
        }
        if (overflowed) {
            close(CloseReason.TOO_SLOW);
            return;
        }
        if (transport.writable()) {
            pulse.took();
        }
        do {
            writeQueue();
            if (batch != null && batch.due()) {
                writeOut(batch.take());
            }
            flushOut();
        } while (waiting() > 0 && transport.writable());
        toFlush = false;
        pulse.tookAll(transport.writable(), nanoTime);
    }

    private void writeQueue() {
        while (!queue.isEmpty() && transport.writable()) {
            Object first = queue.removeFirst();
            if (first instanceof Membership member) {
                member.waiting = false;
                member.writeOwed();
            } else if (first instanceof ByteBuf frame) {
                queuedAnswers--;
                write(frame);
            }
        }
        while (!bulk.isEmpty() && transport.writable()) {
            write(bulk.removeFirst());
        }
    }

    /** Counts a tick that a newer one replaced while the client was slow. */
    void conflated() {
        conflated++;
        meters.conflated++;
    }

    long conflatedTicks() {
        return conflated;
    }

    Origin origin() {
        return origin;
    }

    /** How many answers and topics wait for the client. */
    int waiting() {
        return queue.size() + bulk.size();
    }

    /** When the client last showed that it is there. */
    public Pulse pulse() {
        return pulse;
    }

    /** The client gave a sign of life. */
    public void heard(long nanoTime) {
        pulse.heard(nanoTime);
    }

    /** Takes nothing more from the client until {@link #resume()}. */
    public void pause() {
        transport.pause();
    }

    public void resume() {
        transport.resume();
    }

    boolean pingDue(long nanos, long nanoTime) {
        return pulse.pingDue(Math.min(nanos, transport.mostQuietNanos()), nanoTime);
    }

    void ping(long nanoTime) {
        pulse.pinged(nanoTime);
        transport.ping();
    }

    /** Ends the session from our side. */
    public void close(CloseReason reason) {
        if (!closed) {
            end(reason.cause());
            transport.close(reason, reason.text());
        }
    }

    /** Tells the client when to come back, and closes. */
    void leave(long retryAfterMillis, long nanoTime) {
        if (!closed) {
            dialect.onLeaving(this, retryAfterMillis);
            flush(nanoTime);
        }
        if (!closed) {
            end(CloseReason.GOING_AWAY.cause());
            transport.close(CloseReason.GOING_AWAY, "node is leaving, come back in " + retryAfterMillis + " ms");
        }
    }

    /** Ends the bookkeeping; the transport is closed, or about to be. */
    void end(String cause) {
        if (closed) {
            return;
        }
        closed = true;
        for (Object each : queue) {
            if (each instanceof ByteBuf frame) {
                frame.release();
            }
        }
        queue.clear();
        bulk.forEach(ByteBuf::release);
        bulk.clear();
        queuedAnswers = 0;
        @Nullable ByteBuf gathered = batch == null ? null : batch.take();
        if (gathered != null) {
            gathered.release();
        }
        meters.closed(cause);
        dialect.onClose(this, cause);
        hub.leave(this);
    }

    /** The client's address, for operators. */
    public String remote() {
        return transport.remote();
    }
}
