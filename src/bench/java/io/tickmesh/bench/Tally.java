package io.tickmesh.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What the clients received, counted on the one thread that reads for them all.
 *
 * <p>Frames are told apart by the first two letters of their {@code type}, which every server under test writes first.
 * Of every seventh tick the age is taken: since the server received it, and since the provider stamped it. Ages of
 * ticks that the clients read late are as high as the client saw them: nothing is left out.
 */
final class Tally {
    private static final int SAMPLE_EVERY = 7;
    private static final long MOST_MICROS = TimeUnit.MINUTES.toMicros(1);
    private static final int DIGITS = 3;
    private static final int TYPE_AT = "{\"type\":\"".length();
    private static final byte[] RECEIVED = key("received");
    private static final byte[] TIME = key("time");
    private static final byte[] TIMESTAMP = key("timestamp");

    long ticks;
    long bytes;
    long reads;
    long answers;
    long snapshots;
    long gaps;
    long conflated;
    long lostClients;
    final Histogram sinceReceived;
    final Histogram sinceStamped;

    private long arrival;

    Tally() {
        this(new Histogram(MOST_MICROS, DIGITS), new Histogram(MOST_MICROS, DIGITS));
    }

    private Tally(Histogram sinceReceived, Histogram sinceStamped) {
        this.sinceReceived = sinceReceived;
        this.sinceStamped = sinceStamped;
    }

    Tally copy() {
        Tally copy = new Tally(sinceReceived.copy(), sinceStamped.copy());
        copy.ticks = ticks;
        copy.bytes = bytes;
        copy.reads = reads;
        copy.answers = answers;
        copy.snapshots = snapshots;
        copy.gaps = gaps;
        copy.conflated = conflated;
        copy.lostClients = lostClients;
        return copy;
    }

    /** What came since an earlier copy of this. */
    Tally since(Tally before) {
        Tally difference = copy();
        difference.ticks -= before.ticks;
        difference.bytes -= before.bytes;
        difference.reads -= before.reads;
        difference.answers -= before.answers;
        difference.snapshots -= before.snapshots;
        difference.gaps -= before.gaps;
        difference.conflated -= before.conflated;
        difference.lostClients -= before.lostClients;
        difference.sinceReceived.subtract(before.sinceReceived);
        difference.sinceStamped.subtract(before.sinceStamped);
        return difference;
    }

    /** Some client has read from its socket; what follows arrived at that time. */
    void read(long micros) {
        reads++;
        arrival = micros;
    }

    /** Takes a text frame. */
    void text(ByteBuffer in, int offset, int length) {
        if (length < TYPE_AT + 2) {
            return;
        }
        int type = in.get(offset + TYPE_AT) << 8 | in.get(offset + TYPE_AT + 1);
        switch (type) {
            case 't' << 8 | 'i', 'p' << 8 | 'r' -> tick(in, offset, length);
            case 's' << 8 | 'u' -> answers++;
            case 's' << 8 | 'n' -> snapshots++;
            case 'g' << 8 | 'a' -> gaps++;
            // "connected" greets
            case 'c' << 8 | 'o' -> conflated += in.get(offset + TYPE_AT + 3) == 'f' ? 1 : 0;
            default -> {}
        }
    }

    private void tick(ByteBuffer in, int offset, int length) {
        ticks++;
        bytes += length;
        if (ticks % SAMPLE_EVERY != 0) {
            return;
        }
        int end = offset + length;
        record(sinceReceived, number(in, offset, end, RECEIVED));
        long stamped = number(in, offset, end, TIME);
        record(sinceStamped, stamped >= 0 ? stamped : 1_000 * number(in, offset, end, TIMESTAMP));
    }

    private void record(Histogram histogram, long micros) {
        if (micros >= 0) {
            histogram.recordValue(Math.min(MOST_MICROS, Math.max(0, arrival - micros)));
        }
    }

    /** The whole number that follows a key; -1 if the key is not there. */
    static long number(ByteBuffer in, int from, int to, byte[] key) {
        for (int at = from; at < to - key.length; at++) {
            if (matches(in, at, key)) {
                long number = 0;
                for (int digit = at + key.length; digit < to && Character.isDigit(in.get(digit)); digit++) {
                    number = 10 * number + in.get(digit) - '0';
                }
                return number;
            }
        }
        return -1;
    }

    private static boolean matches(ByteBuffer in, int at, byte[] key) {
        for (int i = 0; i < key.length; i++) {
            if (in.get(at + i) != key[i]) {
                return false;
            }
        }
        return true;
    }

    static byte[] key(String name) {
        return ('"' + name + "\":").getBytes(StandardCharsets.US_ASCII);
    }
}
