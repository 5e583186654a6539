package io.tickmesh.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;

/**
 * Spoils frames: flipped bytes, meaningful characters out of place, cuts, insertions, repetitions and splices of two
 * frames. Some frames stay as they are, so that a decoder is also seen in states that only sound frames lead to.
 */
public final class FrameMutator {
    /** How many frames a fuzz test takes: the system property {@code tickmesh.fuzz}, or 100,000. */
    public static final int FRAMES = Integer.getInteger("tickmesh.fuzz", 100_000);

    private static final byte[] MEANINGFUL =
            "{}[]\",:\\|^0123456789eE-+. \u0000\ntfn@AYN".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST = 64 * 1024;

    private final List<byte[]> frames;
    private final Random random;

    /** Spoils these frames; the same seed does the same to them. */
    public FrameMutator(Collection<String> frames, long seed) {
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("no frames");
        }
        this.frames = frames.stream()
                .map(frame -> frame.getBytes(StandardCharsets.UTF_8))
                .toList();
        this.random = new Random(seed);
    }

    /** The next frame, the caller's own; it may be empty. */
    public byte[] next() {
        byte[] frame = any().clone();
        for (int i = random.nextInt(5); i > 0; i--) {
            frame = spoilt(frame);
        }
        return frame.length <= LONGEST ? frame : Arrays.copyOf(frame, LONGEST);
    }

    private byte[] any() {
        return frames.get(random.nextInt(frames.size()));
    }

    private byte[] spoilt(byte[] frame) {
        if (frame.length == 0) {
            return any().clone();
        }
        int at = random.nextInt(frame.length);
        return switch (random.nextInt(7)) {
            case 0 -> withByte(frame, at, (byte) (frame[at] ^ (1 << random.nextInt(8))));
            case 1 -> withByte(frame, at, (byte) random.nextInt(256));
            case 2 -> withByte(frame, at, MEANINGFUL[random.nextInt(MEANINGFUL.length)]);
            case 3 -> Arrays.copyOf(frame, at);
            case 4 -> spliced(frame, at, at, inserted());
            case 5 -> repeated(frame, at);
            default -> spliced(frame, at, frame.length, tail(any()));
        };
    }

    private static byte[] withByte(byte[] frame, int at, byte value) {
        frame[at] = value;
        return frame;
    }

    private byte[] inserted() {
        byte[] inserted = new byte[1 + random.nextInt(20)];
        if (random.nextBoolean()) {
            Arrays.fill(inserted, MEANINGFUL[random.nextInt(MEANINGFUL.length)]);
        } else {
            random.nextBytes(inserted);
        }
        return inserted;
    }

    /** A piece of the frame twice. */
    private byte[] repeated(byte[] frame, int from) {
        int to = from + 1 + random.nextInt(frame.length - from);
        return spliced(frame, to, to, Arrays.copyOfRange(frame, from, to));
    }

    private byte[] tail(byte[] frame) {
        return frame.length == 0 ? frame : Arrays.copyOfRange(frame, random.nextInt(frame.length), frame.length);
    }

    private static byte[] spliced(byte[] frame, int from, int to, byte[] piece) {
        byte[] out = new byte[from + piece.length + frame.length - to];
        System.arraycopy(frame, 0, out, 0, from);
        System.arraycopy(piece, 0, out, from, piece.length);
        System.arraycopy(frame, to, out, from + piece.length, frame.length - to);
        return out;
    }
}
