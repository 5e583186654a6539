package io.tickmesh.sim;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends the records of what anyone has registered, several to a frame, each frame written once for all who hold it. */
final class KisPump {
    /** After a stall no more than this is made up for. */
    private static final long CATCH_UP_MICROS = 250_000;

    private static final double SECOND_MICROS = 1_000_000;

    /** A frame that is held back. */
    private record Late(long dueAt, KisLine line, Buffer frame) {}

    private final KisFeedFaults faults;
    private final Map<String, KisLine> lines = new LinkedHashMap<>();
    private final Deque<Late> late = new ArrayDeque<>();
    private KisStreamSettings settings;
    private long pumpedTo = Long.MIN_VALUE;

    KisPump(KisFeedFaults faults, KisStreamSettings settings) {
        this.faults = faults;
        this.settings = settings;
    }

    void retune(KisStreamSettings changed) {
        settings = changed;
        lines.values().forEach(line -> line.retune(changed));
    }

    void hold(KisSession session, KisRegistration registration) {
        @Nullable KisStock stock = registration.channel().stock(registration.key(), settings);
        if (stock != null) {
            lines.computeIfAbsent(registration.id(), absent -> new KisLine(registration.channel(), stock, settings))
                    .hold(session);
        }
    }

    void release(KisSession session, KisRegistration registration) {
        @Nullable KisLine line = lines.get(registration.id());
        if (line != null) {
            line.release(session);
            if (line.isIdle()) {
                lines.remove(registration.id());
            }
        }
    }

    /** One more frame, and no more. */
    void releaseAfterNext(KisSession session, KisRegistration registration) {
        @Nullable KisLine line = lines.get(registration.id());
        if (line != null) {
            line.releaseAfterNext(session);
        }
    }

    void forget(KisSession session) {
        lines.values().forEach(each -> each.release(session));
        lines.values().removeIf(KisLine::isIdle);
    }

    /** Hands all events since the last call to the sessions; those of a closed or muted market pass unseen. */
    void pump(long now) {
        long to = now * 1_000;
        long from = Math.max(pumpedTo, to - CATCH_UP_MICROS);
        boolean first = pumpedTo == Long.MIN_VALUE;
        pumpedTo = to;
        sendLate(now);
        if (first) {
            return;
        }
        for (KisLine line : List.copyOf(lines.values())) {
            if (line.channel().kind() == KisChannel.Kind.STATUS) {
                offerStatus(line, now);
            } else if (line.channel().isTicking()) {
                pumpLine(line, from, to);
            }
        }
        lines.values().removeIf(KisLine::isIdle);
    }

    private void pumpLine(KisLine line, long from, long to) {
        if (faults.muted || settings.ticksPerSecond() <= 0 || !line.channel().isOpen(settings, to / 1_000)) {
            line.forgetRecords();
            return;
        }
        long interval = interval();
        long last = line.tape().lastEvent(to, interval);
        for (long n = line.tape().lastEvent(from, interval) + 1; n <= last; n++) {
            line.append(n, interval);
            if (line.count() >= settings.maxRecords() || line.tape().endsFrame(n, settings.usualRecords())) {
                emit(line, to / 1_000);
            }
        }
    }

    private long interval() {
        return intervalOf(settings);
    }

    /** The time between two records of a registration. */
    static long intervalOf(KisStreamSettings settings) {
        return Math.max(1, Math.round(SECOND_MICROS / Math.max(0.000_1, settings.ticksPerSecond())));
    }

    private void emit(KisLine line, long now) {
        if (settings.mixedFrames()) {
            line.mixInto(now);
            return;
        }
        String whole = line.takeFrame();
        byte[] frame = (faults.takeMalformed() ? whole.substring(0, whole.length() / 2) : whole)
                .getBytes(StandardCharsets.UTF_8);
        byte @Nullable [] held = line.takeHeldBack();
        if (held == null && faults.takeReordered()) {
            line.holdBack(frame);
            return;
        }
        deliver(line, frame, now);
        if (faults.takeDuplicate()) {
            deliver(line, frame, now);
        }
        if (held != null) {
            deliver(line, held, now);
        }
    }

    private void deliver(KisLine line, byte[] frame, long now) {
        if (settings.delayMs() > 0) {
            late.add(new Late(now + settings.delayMs(), line, Buffer.buffer(frame)));
        } else {
            line.deliver(frame);
        }
    }

    private void sendLate(long now) {
        for (Iterator<Late> each = late.iterator(); each.hasNext(); ) {
            Late next = each.next();
            if (next.dueAt() <= now) {
                next.line().deliver(next.frame().getBytes());
                each.remove();
            }
        }
    }

    private void offerStatus(KisLine line, long now) {
        if (line.opensOrCloses(settings, now) && !faults.muted) {
            line.deliver(line.status(settings, now).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Says the state of the market now on every status channel. */
    void sayStatus(Collection<KisSession> to, long now) {
        for (KisLine line : lines.values()) {
            if (line.channel().kind() == KisChannel.Kind.STATUS && line.isHeldByAny(to)) {
                line.deliver(line.status(settings, now).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** So many records at once, as full frames, shared evenly by what these sessions have registered. */
    void burst(int records, Collection<KisSession> to, long now) {
        List<KisLine> chosen = new ArrayList<>(lines.values());
        chosen.removeIf(each -> !each.channel().isTicking() || !each.isHeldByAny(to));
        for (int i = 0; i < chosen.size(); i++) {
            KisLine line = chosen.get(i);
            int share = records / chosen.size() + (i < records % chosen.size() ? 1 : 0);
            long last = line.tape().lastEvent(now * 1_000, interval());
            for (int n = 0; n < share; n++) {
                line.appendExtra(last, interval(), now * 1_000);
                if (line.count() >= settings.maxRecords() || n == share - 1) {
                    emit(line, now);
                }
            }
        }
    }
}
