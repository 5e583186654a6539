package io.tickmesh.client;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Takes the WebSocket paths of the dialects ahead of the router, whose sockets are wrapped and cannot be written to
 * below Vert.x.
 */
final class Doors {
    private final Map<String, Dialect> dialects;
    private final AtomicInteger connections;
    private final int mostConnections;
    private final Opening opening;
    private boolean leaving;

    /** Makes a session of a socket. */
    interface Opening {
        void open(ServerWebSocket socket, Dialect dialect);
    }

    /**
     * The doors of one event loop.
     *
     * @param connections open sessions of the whole node
     */
    Doors(Map<String, Dialect> dialects, AtomicInteger connections, int mostConnections, Opening opening) {
        this.dialects = Map.copyOf(dialects);
        this.connections = connections;
        this.mostConnections = mostConnections;
        this.opening = opening;
    }

    /** From now on every request, for a socket or not, is sent elsewhere. */
    void leave() {
        leaving = true;
    }

    /** Whether the request is dealt with: it was for one of the doors, or the node is leaving. */
    boolean take(HttpServerRequest request) {
        if (leaving) {
            request.response().putHeader("Retry-After", "1").putHeader("Connection", "close");
            refuse(request, 503, "This node is leaving");
            return true;
        }
        Dialect dialect = dialects.get(request.path());
        if (dialect == null) {
            return false;
        }
        if (!isUpgrade(request.getHeader("Upgrade"))) {
            refuse(request, 426, "This is a WebSocket endpoint, connect with ws://");
        } else if (connections.get() >= mostConnections) {
            request.response().putHeader("Retry-After", "5");
            refuse(request, 503, "This node serves as many clients as it may (" + mostConnections + ")");
        } else {
            request.toWebSocket()
                    .onSuccess(socket -> opening.open(socket, dialect))
                    .onFailure(cause -> {
                        // Vert.x has answered a bad handshake itself
                    });
        }
        return true;
    }

    private static boolean isUpgrade(@Nullable String header) {
        return "websocket".equalsIgnoreCase(header);
    }

    private static void refuse(HttpServerRequest request, int status, String detail) {
        StringBuilder body = new StringBuilder("{");
        Json.text(body, "detail", detail);
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.append('}').toString());
    }
}
