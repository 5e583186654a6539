package io.tickmesh;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A WebSocket client that is not ours: the JDK's. */
final class SocketClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    SocketClient(URI uri) {
        socket = HTTP.newWebSocketBuilder().buildAsync(uri, new Listener()).join();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                frames.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(error);
        }
    }

    SocketClient send(String text) {
        socket.sendText(text.replace('\'', '"'), true).join();
        return this;
    }

    SocketClient sendExactly(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    SocketClient sendPart(String text, boolean last) {
        socket.sendText(text, last).join();
        return this;
    }

    SocketClient sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
        return this;
    }

    /** The next frame. */
    JsonObject next() {
        return new JsonObject(nextText());
    }

    String nextText() {
        try {
            String frame = frames.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (frame == null) {
                throw new AssertionError("no frame within " + PATIENCE);
            }
            return frame;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The next frame of a type; others before it are passed over. */
    JsonObject next(String type) {
        return next(frame -> type.equals(frame.getString("type")));
    }

    JsonObject next(Predicate<JsonObject> wanted) {
        List<JsonObject> passed = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0) {
            JsonObject frame;
            try {
                frame = next();
            } catch (AssertionError none) {
                throw new AssertionError(none.getMessage() + "; before it came " + passed, none);
            }
            if (wanted.test(frame)) {
                return frame;
            }
            passed.add(frame);
        }
        throw new AssertionError("not among " + passed);
    }

    /** Reads on, every frame into the ledger, until that holds. */
    void readInto(StreamLedger ledger, BooleanSupplier enough) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!enough.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not enough within " + PATIENCE);
            }
            ledger.takeText(nextText());
        }
    }

    /** The next frame of a type; it and those before it go into the ledger. */
    JsonObject nextInto(StreamLedger ledger, String type) {
        return next(frame -> {
            ledger.take(frame);
            return type.equals(frame.getString("type"));
        });
    }

    int waiting() {
        return frames.size();
    }

    int closeCode() {
        return closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
