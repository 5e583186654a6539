package io.tickmesh.bench;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The plain server's clients on one event loop: each text is written to each of them. */
final class PlainClients extends VerticleBase {
    private static final int BACKLOG = 4096;
    /** Below 0: a free port, the same for all instances. */
    private static final int SHARED_FREE_PORT = -1;

    private final List<String> symbols;
    private final AtomicLong ticks;
    private final AtomicInteger clients;
    private final Map<String, List<ServerWebSocket>> holders = new HashMap<>();
    private int port;

    PlainClients(List<String> symbols, AtomicLong ticks, AtomicInteger clients) {
        this.symbols = symbols;
        this.ticks = ticks;
        this.clients = clients;
    }

    @Override
    public Future<?> start() {
        for (String symbol : symbols) {
            List<ServerWebSocket> sockets = new ArrayList<>();
            holders.put(symbol, sockets);
            vertx.eventBus().<String>localConsumer(PlainServer.ticksOf(symbol), message -> {
                for (ServerWebSocket socket : sockets) {
                    socket.writeTextMessage(message.body());
                }
            });
        }
        return vertx.createHttpServer(new HttpServerOptions().setAcceptBacklog(BACKLOG))
                .webSocketHandler(this::open)
                .requestHandler(request -> request.response().end(Long.toString(ticks.get())))
                .listen(SHARED_FREE_PORT, "127.0.0.1")
                .onSuccess(listening -> port = listening.actualPort());
    }

    int port() {
        return port;
    }

    private void open(ServerWebSocket socket) {
        if (clients.incrementAndGet() == 1) {
            vertx.eventBus().publish(PlainServer.WANTED, true);
        }
        socket.textMessageHandler(text -> {
            JsonObject request = new JsonObject(text);
            request.getJsonArray("symbols")
                    .forEach(symbol ->
                            holders.getOrDefault(symbol, new ArrayList<>()).add(socket));
            socket.writeTextMessage("{\"type\":\"subscription\"}");
        });
        socket.closeHandler(closed -> {
            holders.values().forEach(sockets -> sockets.remove(socket));
            if (clients.decrementAndGet() == 0) {
                vertx.eventBus().publish(PlainServer.WANTED, false);
            }
        });
    }
}
