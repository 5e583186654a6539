package io.tickmesh.upstream;

import io.tickmesh.config.UpstreamConfig;
import java.time.Duration;
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
 * Brings the registrations of one connection to what is wanted of it: merged, paced, one control frame in flight. Which
 * codes it may want is the {@link Slots}' business.
 */
final class Registrar {
    /** Who sends the frames and wants to know of the codes. */
    interface Listener {
        void transmit(ControlOp op, List<String> codes);

        /** The provider delivers a wanted code. */
        void onConfirmed(String code);

        /** The provider refuses a code; it is wanted no more. */
        void onRefused(String code, String text);

        /** The provider has no room for a code; it is wanted no more. */
        void onFull(String code, String text);

        /** A code that was released is not held by the provider any more. */
        void onGone(String code);

        void onAckTimeout();
    }

    private static final int MOST_BREAKS = 2;

    private record Batch(ControlOp op, List<AskedCode> codes) {}

    private final UpstreamConfig timing;
    private final SessionRules rules;
    private final Duration answerWithin;
    private final Pacer pacer;
    private final Listener listener;
    private final Map<String, AskedCode> codes = new LinkedHashMap<>();
    private final Set<AskedCode> changed = new LinkedHashSet<>();
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

    private int registered;

    Registrar(UpstreamConfig timing, SessionRules rules, Pacer pacer, Listener listener) {
        this.timing = timing;
        this.rules = rules;
        this.answerWithin = rules.answerWithin() == null ? timing.ackTimeout() : rules.answerWithin();
        this.pacer = pacer;
        this.listener = listener;
    }

    void want(String name, long now) {
        AskedCode code = codes.computeIfAbsent(name, AskedCode::new);
        if (!code.wanted) {
            code.wanted = true;
            change(code, now);
        }
    }

    void release(String name, long now) {
        @Nullable AskedCode code = codes.get(name);
        if (code == null || !code.wanted) {
            return;
        }
        code.wanted = false;
        if (code.stage == AskedCode.Stage.OUT) {
            drop(code);
        } else {
            change(code, now);
        }
    }

    private void forget(AskedCode code) {
        codes.remove(code.name);
        changed.remove(code);
    }

    private void drop(AskedCode code) {
        forget(code);
        listener.onGone(code.name);
    }

    private void change(AskedCode code, long now) {
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
        changed.addAll(codes.values());
        closeWindow();
        send(now);
    }

    /** The provider has forgotten everything; {@code hungUp} if it ended the connection without a word. */
    void onDisconnected(boolean hungUp) {
        connected = false;
        @Nullable AskedCode suspect = hungUp ? suspect() : null;
        inFlight = null;
        ready.clear();
        changed.clear();
        registered = 0;
        for (AskedCode code : List.copyOf(codes.values())) {
            code.stage = AskedCode.Stage.OUT;
            code.confirmed = false;
            if (!code.wanted) {
                drop(code);
            }
        }
        if (suspect != null && suspect.wanted && ++suspect.breaks >= MOST_BREAKS) {
            turnAway(suspect, "the provider ends the connection when it is asked for", false);
        }
    }

    /** Some providers answer a registration that they do not like by hanging up; to ask again at once is no way out. */
    private @Nullable AskedCode suspect() {
        @Nullable Batch batch = inFlight;
        return batch != null && batch.op == ControlOp.SUBSCRIBE && batch.codes.size() == 1 ? batch.codes.get(0) : null;
    }

    private void closeWindow() {
        List<AskedCode> leaving = new ArrayList<>();
        List<AskedCode> coming = new ArrayList<>();
        for (AskedCode code : changed) {
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

    private void enqueue(ControlOp op, List<AskedCode> all) {
        for (int from = 0; from < all.size(); from += rules.codesPerFrame()) {
            ready.add(new Batch(op, all.subList(from, Math.min(from + rules.codesPerFrame(), all.size()))));
        }
    }

    private void send(long now) {
        while (connected && inFlight == null && !ready.isEmpty() && pacer.nanosToNext(now) <= 0) {
            Batch batch = ready.removeFirst();
            List<AskedCode> due = new ArrayList<>(batch.codes.size());
            List<String> names = new ArrayList<>(batch.codes.size());
            for (AskedCode code : batch.codes) {
                if (code.needs(batch.op)) {
                    due.add(code);
                    names.add(code.name);
                    move(code, batch.op == ControlOp.SUBSCRIBE ? AskedCode.Stage.COMING : AskedCode.Stage.LEAVING);
                }
            }
            if (!due.isEmpty()) {
                inFlight = new Batch(batch.op, due);
                ackDeadline = now + answerWithin.toNanos();
                pacer.onSent(now);
                listener.transmit(batch.op, names);
            }
        }
    }

    private void move(AskedCode code, AskedCode.Stage stage) {
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

    private void settle(AskedCode code, ControlOp op, boolean acknowledged, long now) {
        if (op == ControlOp.UNSUBSCRIBE) {
            move(code, AskedCode.Stage.OUT);
            code.confirmed = false;
            if (code.wanted) {
                change(code, now);
            } else {
                drop(code);
            }
            return;
        }
        move(code, AskedCode.Stage.ON);
        if (!code.wanted) {
            change(code, now);
        } else if (acknowledged && !code.confirmed) {
            code.confirmed = true;
            code.breaks = 0;
            listener.onConfirmed(code.name);
        }
    }

    /** The provider refused the frame in flight. Several codes are told apart by halves. */
    void onRefused(ControlOp op, String text, long now) {
        onAnswer();
        @Nullable Batch batch = takeInFlight(op);
        if (batch == null) {
            return;
        }
        if (batch.codes.size() > 1) {
            halve(batch);
        } else if (op == ControlOp.UNSUBSCRIBE) {
            settle(batch.codes.get(0), op, false, now);
        } else {
            turnAway(batch.codes.get(0), text, false);
        }
        send(now);
    }

    /** The provider has no room for the frame in flight. */
    void onFull(String text, long now) {
        onAnswer();
        @Nullable Batch batch = takeInFlight(ControlOp.SUBSCRIBE);
        if (batch == null) {
            return;
        }
        if (batch.codes.size() > 1) {
            halve(batch);
        } else {
            turnAway(batch.codes.get(0), text, true);
        }
        send(now);
    }

    /** Whether an answer to such a frame can be meant. */
    boolean waitsFor(ControlOp op) {
        return inFlight != null && inFlight.op == op;
    }

    private @Nullable Batch takeInFlight(ControlOp op) {
        @Nullable Batch batch = inFlight;
        if (batch == null || batch.op != op) {
            return null;
        }
        inFlight = null;
        return batch;
    }

    private void halve(Batch batch) {
        boolean coming = batch.op == ControlOp.SUBSCRIBE;
        for (AskedCode code : batch.codes) {
            move(code, coming ? AskedCode.Stage.OUT : AskedCode.Stage.ON);
            if (coming && !code.wanted) {
                drop(code);
            }
        }
        int middle = batch.codes.size() / 2;
        ready.addFirst(new Batch(batch.op, batch.codes.subList(middle, batch.codes.size())));
        ready.addFirst(new Batch(batch.op, batch.codes.subList(0, middle)));
    }

    private void turnAway(AskedCode code, String text, boolean full) {
        move(code, AskedCode.Stage.OUT);
        code.confirmed = false;
        if (!code.wanted) {
            drop(code);
            return;
        }
        code.wanted = false;
        forget(code);
        if (full) {
            listener.onFull(code.name, text);
        } else {
            listener.onRefused(code.name, text);
        }
    }

    /** Data came for a code that is not confirmed yet: as good as an answer. */
    void onData(String name) {
        @Nullable AskedCode code = codes.get(name);
        mute |= !answers && code != null && code.stage == AskedCode.Stage.COMING;
        boolean asked = code != null && (code.stage == AskedCode.Stage.COMING || code.stage == AskedCode.Stage.ON);
        if (code != null && asked && code.wanted && !code.confirmed) {
            code.confirmed = true;
            listener.onConfirmed(name);
        }
    }

    /** Does what has become due. */
    void wake(long now) {
        @Nullable Batch batch = inFlight;
        if (batch != null && (mute || ackDeadline - now <= 0)) {
            inFlight = null;
            mute |= !answers;
            if (rules.acknowledges()) {
                listener.onAckTimeout();
            }
            batch.codes.forEach(code -> settle(code, batch.op, !rules.acknowledges(), now));
        }
        if (mayCloseWindow() && nanosToWindowEnd(now) <= 0) {
            closeWindow();
        }
        send(now);
    }

    /** What waits for the pace is merged with what comes meanwhile. */
    private boolean mayCloseWindow() {
        return connected && ready.isEmpty() && inFlight == null && !changed.isEmpty();
    }

    private long nanosToWindowEnd(long now) {
        return Math.max(Math.min(windowEnd - now, windowMost - now), pacer.nanosToNext(now));
    }

    /** Nanoseconds until {@link #wake} has something to do. */
    long nanosToWake(long now) {
        long next = Long.MAX_VALUE;
        if (inFlight != null) {
            next = mute ? 0 : ackDeadline - now;
        } else if (connected && !ready.isEmpty()) {
            next = pacer.nanosToNext(now);
        }
        return mayCloseWindow() ? Math.min(next, nanosToWindowEnd(now)) : next;
    }

    /** Whether the provider delivers the code, as far as is known. */
    boolean delivers(String name) {
        @Nullable AskedCode code = codes.get(name);
        return code != null && code.confirmed && code.wanted;
    }

    /** Codes that the provider holds for this session, as far as is known. */
    int registered() {
        return registered;
    }
}
