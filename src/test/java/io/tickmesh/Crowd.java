package io.tickmesh;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Many clients of the native dialect that only note which topics have a fresh value. */
final class Crowd implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern TICK = Pattern.compile("\"type\":\"tick\",\"topic\":\"([^\"]+)\",\"epoch\":([0-9]+)");
    private static final String SUBSCRIBED = "\"type\":\"subscribed\"";

    private final List<WebSocket> sockets = new ArrayList<>();
    private final Set<String> fresh = ConcurrentHashMap.newKeySet();
    private final AtomicInteger subscribed = new AtomicInteger();
    private volatile long since;

    /** So many clients, their requests all at once. */
    void join(URI door, int clients, List<String> topics) {
        List<CompletableFuture<WebSocket>> connecting = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            connecting.add(HTTP.newWebSocketBuilder().buildAsync(door.resolve("stream"), new Listener()));
        }
        String request = new JsonObject()
                .put("type", "subscribe")
                .put("topics", new JsonArray(topics))
                .encode();
        for (CompletableFuture<WebSocket> each : connecting) {
            WebSocket socket = each.join();
            sockets.add(socket);
            socket.sendText(request, true).join();
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                take(text);
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            // its node is gone
        }
    }

    private void take(CharSequence frame) {
        Matcher tick = TICK.matcher(frame);
        if (tick.find()) {
            if (Long.parseLong(tick.group(2)) > since) {
                fresh.add(tick.group(1));
            }
        } else if (frame.toString().contains(SUBSCRIBED)) {
            subscribed.incrementAndGet();
        }
    }

    /** From now on only ticks of epochs above that one count; an epoch is not below the wall clock of its claim. */
    void onlyAbove(long epoch) {
        since = epoch;
        fresh.clear();
    }

    /** How many topics had a tick that counts. */
    int fresh() {
        return fresh.size();
    }

    /** How many requests were answered. */
    int subscribed() {
        return subscribed.get();
    }

    @Override
    public void close() {
        sockets.forEach(WebSocket::abort);
    }
}
