package io.tickmesh.client;

import io.tickmesh.client.sockjs.SockJsFraming;
import io.tickmesh.client.sockjs.SockJsSessions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes the WebSocket paths of the dialects ahead of the router, whose sockets are wrapped and cannot be written to
 * below Vert.x.
 */
final class Doors {
    private static final Pattern SOCKJS = Pattern.compile("(/.+)/[^/.]+/[^/.]+/websocket");

    private final Map<String, Dialect> dialects;
    private final Map<String, Dialect> sockJs;
    private final SockJsSessions sockJsSessions;
    private final Sessions sessions;
    private final Opening opening;
    private boolean leaving;

    /** What is spoken at a path, and how it is framed. */
    record Door(Dialect dialect, Framing framing) {}

    /** Makes a session of a socket. */
    interface Opening {
        void open(ServerWebSocket socket, Door door, Visit visit);
    }

    /**
     * The doors of one event loop.
     *
     * @param dialects by path; a path that ends in {@code *} stands for any one segment there
     * @param sockJs by the path under which every transport of SockJS is served; the WebSocket among them is ours
     */
    Doors(
            Map<String, Dialect> dialects,
            Map<String, Dialect> sockJs,
            SockJsSessions sockJsSessions,
            Sessions sessions,
            Opening opening) {
        this.sockJsSessions = sockJsSessions;
        this.dialects = Map.copyOf(dialects);
        this.sockJs = Map.copyOf(sockJs);
        this.sessions = sessions;
        this.opening = opening;
    }

    /** What is spoken at a path of its own. */
    Dialect dialectAt(String path) {
        return Objects.requireNonNull(dialects.get(path));
    }

    /** From now on every request, for a socket or not, is sent elsewhere; but for those of sessions that are still open. */
    void leave() {
        leaving = true;
    }

    /** Whether the request is dealt with: it was for one of the doors, or the node is leaving. */
    boolean take(HttpServerRequest request) {
        if (leaving && !sockJsSessions.owns(request.path())) {
            request.response().putHeader("Retry-After", "1").putHeader("Connection", "close");
            refuse(request, 503, "This node is leaving");
            return true;
        }
        Door door = doorAt(request.path());
        if (door == null) {
            return false;
        }
        if (!isUpgrade(request.getHeader("Upgrade"))) {
            refuse(request, 426, "This is a WebSocket endpoint, connect with ws://");
        } else if (sessions.full()) {
            request.response().putHeader("Retry-After", "5");
            refuse(request, 503, sessions.whyFull());
        } else {
            Visit visit = Visit.of(request);
            request.toWebSocket()
                    .onSuccess(socket -> opening.open(socket, door, visit))
                    .onFailure(cause -> {
                        // Vert.x has answered a bad handshake itself
                    });
        }
        return true;
    }

    private @Nullable Door doorAt(String path) {
        Dialect dialect = dialectOf(path);
        if (dialect != null) {
            return new Door(dialect, Framing.PLAIN);
        }
        Matcher matcher = SOCKJS.matcher(path);
        Dialect framed = matcher.matches() ? sockJs.get(matcher.group(1)) : null;
        return framed == null ? null : new Door(framed, new SockJsFraming());
    }

    private @Nullable Dialect dialectOf(String path) {
        Dialect dialect = dialects.get(path);
        int segment = path.lastIndexOf('/') + 1;
        return dialect == null && segment < path.length() ? dialects.get(path.substring(0, segment) + '*') : dialect;
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
