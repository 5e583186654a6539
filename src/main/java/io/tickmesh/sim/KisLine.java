package io.tickmesh.sim;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One channel of one symbol that someone has registered: who, and the records that wait for their frame. */
final class KisLine {
    private final KisChannel channel;
    private final KisStock stock;
    /** Who holds it, and whether the next frame is the last one. */
    private final Map<KisSession, Boolean> holders = new LinkedHashMap<>();

    private final StringBuilder records = new StringBuilder();
    private KisTape tape;
    private KisRecords writer;
    private int count;
    private long extras;
    private byte @Nullable [] heldBack;
    private @Nullable Boolean wasOpen;

    KisLine(KisChannel channel, KisStock stock, KisStreamSettings settings) {
        this.channel = channel;
        this.stock = stock;
        this.tape = new KisTape(stock, settings);
        this.writer = new KisRecords(tape, settings);
    }

    void retune(KisStreamSettings settings) {
        tape = new KisTape(stock, settings);
        writer = new KisRecords(tape, settings);
        forgetRecords();
    }

    KisChannel channel() {
        return channel;
    }

    KisTape tape() {
        return tape;
    }

    int count() {
        return count;
    }

    boolean isIdle() {
        return holders.isEmpty();
    }

    boolean isHeldByAny(Collection<KisSession> sessions) {
        return sessions.stream().anyMatch(holders::containsKey);
    }

    void hold(KisSession session) {
        holders.put(session, false);
    }

    void release(KisSession session) {
        holders.remove(session);
    }

    void releaseAfterNext(KisSession session) {
        holders.replace(session, true);
    }

    /** Adds event {@code n}, numbered behind what bursts have added. */
    void append(long n, long interval) {
        write(tape.tradeAt(n + extras, tape.timeOf(n, interval), interval));
    }

    void appendExtra(long last, long interval, long micros) {
        extras++;
        write(tape.tradeAt(last + extras, micros, interval));
    }

    private void write(KisTape.Trade trade) {
        if (count > 0) {
            records.append('^');
        }
        records.append(writer.write(channel, trade));
        count++;
    }

    String takeFrame() {
        String frame = KisMixer.frame(channel.trId(), count, records);
        forgetRecords();
        return frame;
    }

    void mixInto(long now) {
        holders.keySet().forEach(each -> each.mixer().add(channel.trId(), records.toString(), count, now));
        forgetRecords();
    }

    void forgetRecords() {
        records.setLength(0);
        count = 0;
    }

    void holdBack(byte[] frame) {
        heldBack = frame;
    }

    byte @Nullable [] takeHeldBack() {
        byte @Nullable [] held = heldBack;
        heldBack = null;
        return held;
    }

    void deliver(byte[] frame) {
        holders.keySet().forEach(each -> each.tick(frame));
        holders.values().removeIf(last -> last);
    }

    /** Whether the market of this status channel is in another state than when last asked. */
    boolean opensOrCloses(KisStreamSettings settings, long now) {
        boolean open = isOpen(settings, now);
        boolean changed = wasOpen != null && wasOpen != open;
        wasOpen = open;
        return changed;
    }

    private boolean isOpen(KisStreamSettings settings, long now) {
        return new KisChannel("", KisChannel.Kind.TRADE, channel.venue()).isOpen(settings, now);
    }

    String status(KisStreamSettings settings, long now) {
        KisRecord record = new KisRecord()
                .add(stock.symbol())
                .add("N")
                .add("")
                .add(isOpen(settings, now) ? "112" : "311")
                .add("112")
                .add("")
                .add("")
                .add("55")
                .add("N")
                .add("")
                .add("1");
        return KisMixer.frame(channel.trId(), 1, record.joined(channel.width(settings)));
    }
}
