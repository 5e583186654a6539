package io.tickmesh.upstream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A provider on a real socket that does what a test tells it, and writes down what it sees. */
final class ScriptedFeed {
    final List<String> log = new CopyOnWriteArrayList<>();
    final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
    volatile @Nullable String loginReply = "{\"event\":\"login\",\"status\":200,\"message\":\"Authenticated\"}";
    volatile int upgradeStatus;
    private final HttpServer server;

    ScriptedFeed(Vertx vertx) {
        this(vertx, new HttpServerOptions());
    }

    ScriptedFeed(Vertx vertx, HttpServerOptions options) {
        server = vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0).setMaxWebSocketFrameSize(4 << 20))
                .requestHandler(request -> {
                    if (upgradeStatus == 0) {
                        request.toWebSocket().onSuccess(this::onSocket);
                    } else {
                        request.response().setStatusCode(upgradeStatus).end();
                    }
                });
    }

    int listen() throws Exception {
        return server.listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    private void onSocket(ServerWebSocket socket) {
        sockets.add(socket);
        int number = sockets.size();
        log.add(number + " open");
        socket.textMessageHandler(text -> onText(number, socket, new JsonObject(text)));
        socket.closeHandler(closed -> log.add(number + " closed " + socket.closeStatusCode()));
    }

    private void onText(int number, ServerWebSocket socket, JsonObject frame) {
        String event = frame.getString("event");
        if (event.equals("login")) {
            log.add(number + " login " + frame.getJsonObject("data").getString("apiKey"));
            if (loginReply != null) {
                send(socket, loginReply);
            }
            return;
        }
        JsonArray tickers = frame.getJsonObject("data").getJsonArray("ticker");
        log.add(number + " " + event + " " + tickers.encode().replace("\"", ""));
        send(socket, "{\"event\":\"" + event + "\",\"status\":200,\"message\":\"ok\"}");
    }

    private static void send(ServerWebSocket socket, String text) {
        Future<Void> written = socket.writeTextMessage(text);
        written.onFailure(cause -> {});
    }

    void send(String text) {
        send(sockets.get(sockets.size() - 1), text.replace('\'', '"'));
    }

    void trade(String symbol, String price) {
        send("{'s':'" + symbol + "','type':'T','lp':" + price + ",'ls':1}");
    }

    /** Hangs up on the newest connection. */
    void hangUp() {
        sockets.get(sockets.size() - 1).close();
    }

    boolean saw(String line) {
        return log.contains(line);
    }
}
