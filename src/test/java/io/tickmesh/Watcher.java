package io.tickmesh;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client that stays and holds topics, in the native dialect or in contract 1. It reads everything as it comes, holds it
 * to what the dialect promises, and notes how long each topic said nothing.
 */
final class Watcher implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** What the frames of a dialect must keep to. */
    private interface Rules {
        /** Looks at a frame; the name of what it brings fresh data of, or null if it is not data. */
        @Nullable
        String take(JsonObject frame);
    }

    /** When a name had data. */
    private static final class Line {
        private long lastNanos;
        private long longestNanos;
        private long count;

        private Line(long lastNanos) {
            this.lastNanos = lastNanos;
        }

        private void data(long nanos) {
            longestNanos = Math.max(longestNanos, nanos - lastNanos);
            lastNanos = nanos;
            count++;
        }
    }

    private final String node;
    private final Rules rules;
    private final Map<String, Line> lines = new HashMap<>();
    private final List<JsonObject> notices = new ArrayList<>();
    private final WebSocket socket;
    private @Nullable Throwable violation;
    private int closeCode;
    private boolean closed;

    private Watcher(String node, URI uri, Rules rules, List<String> names) {
        this.node = node;
        this.rules = rules;
        long now = System.nanoTime();
        names.forEach(each -> lines.put(each, new Line(now)));
        socket = HTTP.newWebSocketBuilder().buildAsync(uri, new Listener()).join();
    }

    /** In the native dialect. */
    static Watcher stream(String node, URI door, List<String> topics) {
        StreamLedger ledger = new StreamLedger();
        Watcher watcher = new Watcher(
                node,
                door.resolve("stream"),
                frame -> {
                    ledger.take(frame);
                    return "tick".equals(frame.getString("type")) ? frame.getString("topic") : null;
                },
                topics);
        watcher.send(new JsonObject().put("type", "subscribe").put("topics", new JsonArray(topics)));
        return watcher;
    }

    /** In contract 1. */
    static Watcher prices(String node, URI door, List<String> symbols) {
        Watcher watcher =
                new Watcher(node, door.resolve("api/v2/realtime/ws/prices"), Watcher.pricesNeverStepBack(), symbols);
        watcher.send(new JsonObject().put("action", "subscribe").put("symbols", new JsonArray(symbols)));
        return watcher;
    }

    /** Trades and quotes are topics of their own, so each of both has its own time. */
    private static Rules pricesNeverStepBack() {
        Map<String, Long> times = new HashMap<>();
        return frame -> {
            if (!"price_update".equals(frame.getString("type"))) {
                return null;
            }
            String kind = "Q".equals(frame.getString("data_type")) ? "quote" : "trade";
            String symbol = frame.getString("symbol");
            long time = frame.getLong("timestamp");
            Long before = times.put(kind + '/' + symbol, time);
            if (before != null && before > time) {
                throw new AssertionError("steps back from " + before + ": " + frame);
            }
            return symbol;
        };
    }

    private void send(JsonObject request) {
        socket.sendText(request.encode(), true).join();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            ended(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            ended(0);
        }
    }

    private synchronized void take(String text) {
        JsonObject frame = new JsonObject(text);
        try {
            @Nullable String name = rules.take(frame);
            @Nullable Line line = name == null ? null : lines.get(name);
            if (line != null) {
                line.data(System.nanoTime());
            } else if (!"snapshot".equals(frame.getString("type"))) {
                notices.add(frame);
            }
        } catch (AssertionError | RuntimeException e) {
            violation = violation == null ? e : violation;
        }
    }

    private synchronized void ended(int code) {
        closed = true;
        closeCode = code;
    }

    /** The node it is connected to. */
    String node() {
        return node;
    }

    /** Fails if any frame broke the promises of the dialect. */
    synchronized void check() {
        if (violation != null) {
            throw new AssertionError("on " + this + ": " + violation.getMessage(), violation);
        }
    }

    /** From now on silence is measured anew. */
    synchronized void mark(long nanos) {
        lines.values().forEach(line -> {
            line.lastNanos = nanos;
            line.longestNanos = 0;
        });
    }

    /** Whether every topic had data since. */
    synchronized boolean flowsSince(long nanos) {
        return !closed && lines.values().stream().allMatch(line -> line.count > 0 && line.lastNanos - nanos > 0);
    }

    /** The longest that any topic said nothing since the mark, in milliseconds. */
    synchronized long longestSilence() {
        return TimeUnit.NANOSECONDS.toMillis(lines.values().stream()
                .mapToLong(line -> line.longestNanos)
                .max()
                .orElse(0));
    }

    /** How many frames of that type came which were neither data nor a snapshot. */
    synchronized long notices(String type) {
        return notices.stream()
                .filter(each -> type.equals(each.getString("type")))
                .count();
    }

    synchronized boolean closed() {
        return closed;
    }

    /** The code of the Close frame; 0 if the connection ended without. */
    synchronized int closeCode() {
        return closeCode;
    }

    /** What it has seen lately, for a failure's text. */
    @Override
    public synchronized String toString() {
        return lines.keySet() + " at " + node + (closed ? ", closed with " + closeCode : "") + ", notices "
                + notices.subList(Math.max(0, notices.size() - 20), notices.size());
    }

    @Override
    public void close() {
        socket.abort();
    }
}
