package io.tickmesh.channel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What this node has published, and will hear again: as often as it was published, each within a while. */
final class Echoes {
    static final int MOST = 10_000;
    static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private record Sound(ByteBuffer digest, long number) {}

    private final LongSupplier nanoTime;
    private final Deque<Sound> order = new ArrayDeque<>();
    private final Map<ByteBuffer, Deque<Long>> expected = new HashMap<>();
    private final Deque<Long> times = new ArrayDeque<>();
    private long numbers;

    Echoes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void published(String channel, String message) {
        Sound sound = new Sound(digest(channel, message), numbers++);
        order.addLast(sound);
        times.addLast(nanoTime.getAsLong());
        expected.computeIfAbsent(sound.digest(), first -> new ArrayDeque<>(1)).addLast(sound.number());
        forgetOld();
    }

    /** Whether that is an echo; each is one only once. */
    boolean hears(String channel, String message) {
        forgetOld();
        ByteBuffer digest = digest(channel, message);
        Deque<Long> numbersOfIt = expected.get(digest);
        if (numbersOfIt == null) {
            return false;
        }
        numbersOfIt.removeFirst();
        dropIfEmpty(digest, numbersOfIt);
        return true;
    }

    private void dropIfEmpty(ByteBuffer digest, Deque<Long> left) {
        if (left.isEmpty()) {
            expected.remove(digest);
        }
    }

    private void forgetOld() {
        long now = nanoTime.getAsLong();
        while (!order.isEmpty() && (order.size() > MOST || now - times.getFirst() > KEEP_NANOS)) {
            Sound old = order.removeFirst();
            times.removeFirst();
            Deque<Long> left = expected.get(old.digest());
            if (left != null && left.removeFirstOccurrence(old.number())) {
                dropIfEmpty(old.digest(), left);
            }
        }
    }

    private static ByteBuffer digest(String channel, String message) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(channel.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return ByteBuffer.wrap(digest.digest(message.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
