package io.tickmesh.upstream;

import io.tickmesh.config.UpstreamConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings the registrations at the provider to what is wanted: merged, paced, one control frame in flight, never more
 * codes than there are slots. A code holds its slot from the moment it gets one until the provider has let it go, so
 * that a slot is never used twice.
 */
final class Registrar {
    /** Who sends the frames and wants to know of the codes. */
    interface Listener {
        void transmit(ControlOp op, List<String> codes);

        /** The standing of a code that is wanted is now another. */
        void onStanding(String code);

        void onAckTimeout();
    }

    /** How a wanted code stands. */
    enum Standing {
        SUBSCRIBING,
        REGISTERED,
        REFUSED,
        NO_SLOT
    }

    private static final long REFUSED_PAUSE = 60_000_000_000L;

    private record Batch(ControlOp op, List<CodeSlot> codes) {}

    private final UpstreamConfig timing;
    private final int capacity;
    private final int codesPerFrame;
    private final Pacer pacer;
    private final Listener listener;
    private final Map<String, CodeSlot> codes = new LinkedHashMap<>();
    private final Set<CodeSlot> slotless = new LinkedHashSet<>();
    private final Set<CodeSlot> refused = new LinkedHashSet<>();
    private final Set<CodeSlot> changed = new LinkedHashSet<>();
    private final Deque<Batch> ready = new ArrayDeque<>();
    private @Nullable Batch inFlight;
    private long ackDeadline;
    private long windowEnd;
    private long windowMost;
    private boolean connected;
    /** Whether the provider has answered any request of this connection. */
    private boolean answers;
    /** Whether it evidently carries requests out without answering: then none is waited for. */
    private boolean mute;

    private int slotsUsed;
    private int registered;

    Registrar(UpstreamConfig timing, int capacity, Provider provider, Pacer pacer, Listener listener) {
        this.timing = timing;
        this.capacity = capacity;
        this.codesPerFrame = provider.rules().codesPerFrame();
        this.pacer = pacer;
        this.listener = listener;
    }

    void want(String name, long now) {
        CodeSlot code = codes.computeIfAbsent(name, CodeSlot::new);
        if (code.wanted) {
            return;
        }
        code.wanted = true;
        if (code.slot) {
            change(code, now);
        } else {
            takeSlot(code, now);
        }
    }

    void release(String name, long now) {
        @Nullable CodeSlot code = codes.get(name);
        if (code == null || !code.wanted) {
            return;
        }
        code.wanted = false;
        if (code.stage == CodeSlot.Stage.OUT) {
            drop(code, now);
        } else {
            change(code, now);
        }
    }

    private void takeSlot(CodeSlot code, long now) {
        if (slotsUsed < capacity) {
            slotsUsed++;
            code.slot = true;
            change(code, now);
        } else {
            slotless.add(code);
        }
    }

    private void freeSlot(CodeSlot code, long now) {
        if (!code.slot) {
            return;
        }
        code.slot = false;
        slotsUsed--;
        if (!slotless.isEmpty()) {
            CodeSlot next = slotless.iterator().next();
            slotless.remove(next);
            takeSlot(next, now);
            listener.onStanding(next.name);
        }
    }

    private void drop(CodeSlot code, long now) {
        codes.remove(code.name);
        slotless.remove(code);
        refused.remove(code);
        changed.remove(code);
        freeSlot(code, now);
    }

    private void change(CodeSlot code, long now) {
        if (changed.isEmpty()) {
            windowMost = now + timing.quietWindowMost().toNanos();
        }
        windowEnd = now + timing.quietWindow().toNanos();
        changed.add(code);
    }

    /** The provider let the session in: everything wanted goes out at once. */
    void onConnected(long now) {
        connected = true;
        answers = false;
        mute = false;
        changed.clear();
        for (CodeSlot code : codes.values()) {
            if (code.slot) {
                changed.add(code);
            }
        }
        closeWindow();
        send(now);
    }

    /** The provider has forgotten everything. */
    void onDisconnected(long now) {
        connected = false;
        inFlight = null;
        ready.clear();
        changed.clear();
        registered = 0;
        for (CodeSlot code : List.copyOf(codes.values())) {
            code.stage = CodeSlot.Stage.OUT;
            code.confirmed = false;
            if (!code.wanted) {
                drop(code, now);
            }
        }
    }

    private void closeWindow() {
        List<CodeSlot> leaving = new ArrayList<>();
        List<CodeSlot> coming = new ArrayList<>();
        for (CodeSlot code : changed) {
            if (code.needs(ControlOp.UNSUBSCRIBE)) {
                leaving.add(code);
            } else if (code.needs(ControlOp.SUBSCRIBE)) {
                coming.add(code);
            }
        }
        changed.clear();
        enqueue(ControlOp.UNSUBSCRIBE, leaving);
        enqueue(ControlOp.SUBSCRIBE, coming);
    }

    private void enqueue(ControlOp op, List<CodeSlot> all) {
        for (int from = 0; from < all.size(); from += codesPerFrame) {
            ready.add(new Batch(op, all.subList(from, Math.min(from + codesPerFrame, all.size()))));
        }
    }

    private void send(long now) {
        while (connected && inFlight == null && !ready.isEmpty() && pacer.nanosToNext(now) <= 0) {
            Batch batch = ready.removeFirst();
            List<CodeSlot> due = new ArrayList<>(batch.codes.size());
            List<String> names = new ArrayList<>(batch.codes.size());
            for (CodeSlot code : batch.codes) {
                if (code.needs(batch.op)) {
                    due.add(code);
                    names.add(code.name);
                    move(code, batch.op == ControlOp.SUBSCRIBE ? CodeSlot.Stage.COMING : CodeSlot.Stage.LEAVING);
                }
            }
            if (!due.isEmpty()) {
                inFlight = new Batch(batch.op, due);
                ackDeadline = now + timing.ackTimeout().toNanos();
                pacer.onSent(now);
                listener.transmit(batch.op, names);
            }
        }
    }

    private void move(CodeSlot code, CodeSlot.Stage stage) {
        registered += (stage.counts() ? 1 : 0) - (code.stage.counts() ? 1 : 0);
        code.stage = stage;
    }

    void onAcknowledged(ControlOp op, long now) {
        onAnswer();
        @Nullable Batch batch = inFlight;
        if (batch == null || batch.op != op) {
            return;
        }
        inFlight = null;
        batch.codes.forEach(code -> settle(code, op, true, now));
        send(now);
    }

    private void onAnswer() {
        answers = true;
        mute = false;
    }

    private void settle(CodeSlot code, ControlOp op, boolean acknowledged, long now) {
        if (op == ControlOp.UNSUBSCRIBE) {
            move(code, CodeSlot.Stage.OUT);
            code.confirmed = false;
            if (code.wanted) {
                change(code, now);
            } else {
                drop(code, now);
            }
            return;
        }
        move(code, CodeSlot.Stage.ON);
        if (!code.wanted) {
            change(code, now);
        } else if (acknowledged && !code.confirmed) {
            code.confirmed = true;
            listener.onStanding(code.name);
        }
    }

    /** The provider refused the frame in flight. Several codes are told apart by halves; a single one has to wait. */
    void onRefused(ControlOp op, String text, long now) {
        onAnswer();
        @Nullable Batch batch = inFlight;
        if (batch == null || batch.op != op) {
            return;
        }
        inFlight = null;
        if (batch.codes.size() > 1) {
            halve(batch, now);
        } else if (op == ControlOp.UNSUBSCRIBE) {
            settle(batch.codes.get(0), op, false, now);
        } else {
            refuse(batch.codes.get(0), text, now);
        }
        send(now);
    }

    private void halve(Batch batch, long now) {
        boolean coming = batch.op == ControlOp.SUBSCRIBE;
        for (CodeSlot code : batch.codes) {
            move(code, coming ? CodeSlot.Stage.OUT : CodeSlot.Stage.ON);
            if (coming && !code.wanted) {
                drop(code, now);
            }
        }
        int middle = batch.codes.size() / 2;
        ready.addFirst(new Batch(batch.op, batch.codes.subList(middle, batch.codes.size())));
        ready.addFirst(new Batch(batch.op, batch.codes.subList(0, middle)));
    }

    private void refuse(CodeSlot code, String text, long now) {
        move(code, CodeSlot.Stage.OUT);
        code.confirmed = false;
        if (!code.wanted) {
            drop(code, now);
            return;
        }
        code.refusal = text;
        code.retryAt = now + REFUSED_PAUSE;
        refused.add(code);
        listener.onStanding(code.name);
        freeSlot(code, now);
    }

    /** Data came for a code that is not confirmed yet: as good as an answer. */
    void onData(String name) {
        @Nullable CodeSlot code = codes.get(name);
        mute |= !answers && code != null && code.stage == CodeSlot.Stage.COMING;
        boolean asked = code != null && (code.stage == CodeSlot.Stage.COMING || code.stage == CodeSlot.Stage.ON);
        if (code != null && asked && code.wanted && !code.confirmed) {
            code.confirmed = true;
            listener.onStanding(name);
        }
    }

    /** Does what has become due. */
    void wake(long now) {
        @Nullable Batch batch = inFlight;
        if (batch != null && (mute || ackDeadline - now <= 0)) {
            inFlight = null;
            mute |= !answers;
            listener.onAckTimeout();
            batch.codes.forEach(code -> settle(code, batch.op, false, now));
        }
        retryRefused(now);
        if (connected && !changed.isEmpty() && nanosToWindowEnd(now) <= 0) {
            closeWindow();
        }
        send(now);
    }

    private void retryRefused(long now) {
        while (!refused.isEmpty()) {
            CodeSlot code = refused.iterator().next();
            if (code.retryAt - now > 0) {
                return;
            }
            refused.remove(code);
            code.refusal = null;
            takeSlot(code, now);
            listener.onStanding(code.name);
        }
    }

    private long nanosToWindowEnd(long now) {
        return Math.min(windowEnd - now, windowMost - now);
    }

    /** Nanoseconds until {@link #wake} has something to do. */
    long nanosToWake(long now) {
        long next = refused.isEmpty() ? Long.MAX_VALUE : refused.iterator().next().retryAt - now;
        if (inFlight != null) {
            next = mute ? 0 : Math.min(next, ackDeadline - now);
        } else if (connected && !ready.isEmpty()) {
            next = Math.min(next, pacer.nanosToNext(now));
        }
        return connected && !changed.isEmpty() ? Math.min(next, nanosToWindowEnd(now)) : next;
    }

    Standing standing(String name) {
        @Nullable CodeSlot code = codes.get(name);
        if (code != null && code.refusal != null) {
            return Standing.REFUSED;
        }
        if (code == null || code.confirmed) {
            return code == null ? Standing.SUBSCRIBING : Standing.REGISTERED;
        }
        return code.slot ? Standing.SUBSCRIBING : Standing.NO_SLOT;
    }

    /** What the provider said against a refused code. */
    String refusal(String name) {
        @Nullable CodeSlot code = codes.get(name);
        return code == null || code.refusal == null ? "" : code.refusal;
    }

    int slotsUsed() {
        return slotsUsed;
    }

    /** Codes that the provider holds for this session, as far as is known. */
    int registered() {
        return registered;
    }
}
