package io.tickmesh.sim;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client from outside: the JDK's own WebSocket, which knows nothing of the simulator. */
final class FmpClient implements WebSocket.Listener {
    static final HttpClient HTTP = HttpClient.newHttpClient();

    final List<String> texts = new CopyOnWriteArrayList<>();
    final List<Integer> binaries = new CopyOnWriteArrayList<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    final CompletableFuture<Throwable> failed = new CompletableFuture<>();
    final CompletableFuture<String> ponged = new CompletableFuture<>();
    volatile String closeReason = "";
    private final StringBuilder partial = new StringBuilder();
    private @Nullable WebSocket socket;

    static FmpClient connect(String url) {
        FmpClient client = new FmpClient();
        client.socket = HTTP.newWebSocketBuilder()
                .buildAsync(URI.create(url), client)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        return client;
    }

    static FmpClient loggedIn(String url) {
        return connect(url).login("sim-key").until("Authenticated");
    }

    FmpClient login(String key) {
        return say("{\"event\":\"login\",\"data\":{\"apiKey\":\"" + key + "\"}}");
    }

    FmpClient change(String event, String... tickers) {
        return say(new JsonObject()
                .put("event", event)
                .put("data", new JsonObject().put("ticker", List.of(tickers)))
                .encode());
    }

    FmpClient subscribe(String... tickers) {
        return change("subscribe", tickers).until("Subscribed to " + String.join(",", tickers));
    }

    FmpClient say(String text) {
        socket().sendText(text, true).orTimeout(10, TimeUnit.SECONDS).join();
        return this;
    }

    FmpClient ping(String text) {
        socket().sendPing(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        return this;
    }

    FmpClient bye() {
        socket().sendClose(1000, "bye").orTimeout(10, TimeUnit.SECONDS).join();
        return this;
    }

    void abort() {
        socket().abort();
    }

    private WebSocket socket() {
        if (socket == null) {
            throw new IllegalStateException("not connected");
        }
        return socket;
    }

    /** Waits until a text frame with this in it has come. */
    FmpClient until(String part) {
        await("frame with " + part).until(() -> texts.stream().anyMatch(each -> each.contains(part)));
        return this;
    }

    /**
     * Waits until its connection has ended. It is asked by pings: the JDK's client loses an end without a close frame
     * that comes while it hands out the frame before it.
     */
    FmpClient untilGone() {
        await("end of the connection").until(() -> closed.isDone() || failed.isDone() || !canPing());
        return this;
    }

    private boolean canPing() {
        try {
            ping("there?");
            return true;
        } catch (CompletionException e) {
            return false;
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            texts.add(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        binaries.add(data.remaining());
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        ponged.complete(new String(bytes, StandardCharsets.UTF_8));
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        closeReason = reason;
        closed.complete(statusCode);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        failed.complete(error);
    }
}
