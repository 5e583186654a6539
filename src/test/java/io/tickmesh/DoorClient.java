package io.tickmesh;

import io.vertx.core.json.JsonArray;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client at a door that can send any bytes; it reads messages of the dialect, whatever they are framed in. */
final class DoorClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Door door;
    private final RawClient socket;
    private final Deque<String> messages = new ArrayDeque<>();

    DoorClient(NodeUnderTest node, Door door) {
        this.door = door;
        this.socket = new RawClient(node.uri("/"), door.path());
        if (door == Door.CHANNELS) {
            until("\"type\":\"connected\"");
        }
    }

    DoorClient send(String message) {
        return sendBytes(RawClient.frame(0x81, door.framed(message)));
    }

    DoorClient sendBytes(byte[] bytes) {
        socket.sendBytes(bytes);
        return this;
    }

    /** The next message; null when the connection is over. */
    @Nullable
    String message() {
        while (messages.isEmpty()) {
            @Nullable String frame = socket.nextText();
            if (frame == null) {
                return null;
            }
            if (door != Door.SOCKJS) {
                return frame;
            }
            if (frame.startsWith("a")) {
                new JsonArray(frame.substring(1)).forEach(each -> messages.add(String.valueOf(each)));
            }
        }
        return messages.remove();
    }

    /** Reads until a message with that fragment; the last is that one. */
    List<String> until(String fragment) {
        List<String> read = new ArrayList<>();
        for (@Nullable String message = message(); message != null; message = message()) {
            read.add(message);
            if (message.contains(fragment)) {
                return read;
            }
        }
        throw new AssertionError("closed with " + closeCode() + " before " + fragment + "; after "
                + read.subList(Math.max(0, read.size() - 5), read.size()));
    }

    /** Asks for a sign of life, and returns what came up to it. */
    List<String> ping() {
        return send(door.ping).until(door.pong);
    }

    /** Has things moved until it is seen here: the first of them may come before the provider was asked. */
    void awaitTick(NodeUnderTest node) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            Door.move(node);
            if (ping().stream().anyMatch(each -> each.contains(door.tick))) {
                return;
            }
        } while (System.nanoTime() - deadline < 0);
        throw new AssertionError("no " + door.tick + " within " + PATIENCE);
    }

    /** Says goodbye; the connection may be over already. */
    void goodbye() {
        try {
            socket.sendBytes(RawClient.frame(0x88, new byte[] {3, (byte) 0xe8}));
        } catch (UncheckedIOException over) {
            // no need to
        }
    }

    int pongs() {
        return socket.pongs();
    }

    /** Reads to the end; the code of the Close frame, 0 if none came. */
    int untilClosed() {
        while (message() != null) {
            // what was under way
        }
        return closeCode();
    }

    private int closeCode() {
        return socket.closeCode();
    }

    @Override
    public void close() {
        socket.close();
    }
}
