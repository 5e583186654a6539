package io.tickmesh.sim;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What goes out to one client: frames of one turn in one write, and on the way all that can go wrong with data. */
final class UpbitOutput {
    private static final int MOST_DELAYED = 50_000;
    private static final long SWAP_WAIT_MS = 1_000;

    private record Delayed(long due, Buffer event) {}

    private final Wire wire;
    private final UpbitFeedFaults faults;
    private final Deque<Delayed> delayed = new ArrayDeque<>();
    private final Ascii batch = new Ascii();
    private Buffer out = Buffer.buffer();
    private byte @Nullable [] heldBack;
    private long heldSince;
    private int batched;
    private int batchSize = 1;
    private boolean list;
    private boolean binary = true;
    private boolean frozen;
    private long sent;
    private long skipped;

    UpbitOutput(Wire wire, UpbitFeedFaults faults) {
        this.wire = wire;
        this.faults = faults;
    }

    /** How data is framed from now on. */
    void frame(UpbitFormat format, UpbitStreamSettings how) {
        closeBatch();
        list = format.isList();
        batchSize = how.listBatch();
        binary = how.binaryFrames();
    }

    void freeze(boolean on) {
        frozen = on;
        wire.freeze(on);
    }

    boolean isFrozen() {
        return frozen;
    }

    /** An answer, or what is sent by hand: at once, behind what waits. */
    void say(String text, boolean inBinary) {
        if (frozen) {
            return;
        }
        closeBatch();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        WsFrames.append(out, inBinary ? WsFrames.BINARY : WsFrames.TEXT, bytes, bytes.length);
        flush();
    }

    /** An event, which goes out at the end of the turn, or later. */
    void data(byte[] event, int delayMs, long now) {
        if (frozen || wire.full() || delayed.size() >= MOST_DELAYED) {
            skipped++;
        } else if (delayMs > 0 || !delayed.isEmpty()) {
            delayed.add(new Delayed(now + delayMs, Buffer.buffer(event)));
        } else {
            pass(event, now);
        }
    }

    private void pass(byte[] event, long now) {
        if (heldBack == null && faults.takeReorder()) {
            heldBack = event;
            heldSince = now;
            return;
        }
        append(event);
        if (faults.takeDuplicate()) {
            append(event);
        }
        releaseHeld();
    }

    private void releaseHeld() {
        byte @Nullable [] late = heldBack;
        if (late != null) {
            heldBack = null;
            append(late);
        }
    }

    private void append(byte[] event) {
        sent++;
        byte[] bytes = faults.takeMalformed() ? Arrays.copyOf(event, event.length / 2) : event;
        if (!list) {
            WsFrames.append(out, binary ? WsFrames.BINARY : WsFrames.TEXT, bytes, bytes.length);
            return;
        }
        batch.append(batched == 0 ? '[' : ',').append(bytes);
        if (++batched >= batchSize) {
            closeBatch();
        }
    }

    private void closeBatch() {
        if (batched > 0) {
            batch.append(']');
            WsFrames.append(out, binary ? WsFrames.BINARY : WsFrames.TEXT, batch.bytes(), batch.length());
            batch.clear();
            batched = 0;
        }
    }

    /** Takes up what is due by now. */
    void turn(long now) {
        while (!delayed.isEmpty() && delayed.element().due() <= now) {
            byte[] event = delayed.remove().event().getBytes();
            if (frozen || wire.full()) {
                skipped++;
            } else {
                pass(event, now);
            }
        }
        if (heldBack != null && now - heldSince >= SWAP_WAIT_MS) {
            releaseHeld();
        }
    }

    /** Forgets events that were held back: their streams are over. */
    void forgetHeld() {
        skipped += delayed.size() + (heldBack == null ? 0 : 1);
        delayed.clear();
        heldBack = null;
    }

    /** Writes what the turn has gathered; tells whether that was anything. */
    boolean flush() {
        closeBatch();
        if (out.length() == 0) {
            return false;
        }
        wire.send(out);
        out = Buffer.buffer();
        return true;
    }

    /** Hands over what was counted since the last time. */
    void countInto(SessionLog.Entry entry) {
        if (sent + skipped > 0) {
            entry.sent(sent, skipped);
            sent = 0;
            skipped = 0;
        }
    }
}
