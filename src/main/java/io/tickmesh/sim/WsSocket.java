package io.tickmesh.sim;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of a WebSocket, close enough to TCP to misbehave on purpose: cut without goodbye, fall silent,
 * leave pings unanswered. Vert.x's own WebSocket is too well-behaved for that.
 */
final class WsSocket implements Wire, WsFrameReader.Receiver {
    private static final String HANDSHAKE_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final long CLOSE_WAIT_MS = 1_000;
    private static final int ABNORMAL = 1006;

    /** What the owner of a socket hears. */
    interface Events {
        void onText(String text);

        void onBinary(byte[] payload);

        void onPing();

        void onPong(byte[] payload);

        /** The end, told once; {@code reason} says who ended it and how. */
        void onClosed(String reason);
    }

    private final Vertx vertx;
    private final NetSocket socket;
    private final WsFrameReader reader = new WsFrameReader(this);
    private @Nullable Events events;
    private @Nullable String reason;
    private boolean closing;

    private WsSocket(Vertx vertx, NetSocket socket) {
        this.vertx = vertx;
        this.socket = socket;
    }

    static boolean asksForUpgrade(HttpServerRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    /** Why a WebSocket upgrade cannot be accepted, or null if it can. */
    static @Nullable String refusal(HttpServerRequest request) {
        if (!"13".equals(request.getHeader("Sec-WebSocket-Version"))) {
            return "WebSocket version must be 13";
        }
        return request.getHeader("Sec-WebSocket-Key") == null ? "Sec-WebSocket-Key is missing" : null;
    }

    /** Accepts a request that {@link #refusal} has nothing against. */
    static Future<WsSocket> accept(Vertx vertx, HttpServerRequest request) {
        request.response()
                .putHeader("Upgrade", "websocket")
                .putHeader("Connection", "Upgrade")
                .putHeader("Sec-WebSocket-Accept", acceptKey(request.getHeader("Sec-WebSocket-Key")));
        return request.toNetSocket().map(socket -> new WsSocket(vertx, socket));
    }

    static String acceptKey(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + HANDSHAKE_SALT).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /** Must be called in the turn that accepted the socket, else its first bytes are lost. */
    void start(Events handler) {
        events = handler;
        socket.handler(reader::read);
        socket.exceptionHandler(cause -> because("connection failed"));
        socket.closeHandler(nothing -> handler.onClosed(reason == null ? "client gone" : reason));
    }

    @Override
    public void send(Buffer frames) {
        if (!closing) {
            write(frames);
        }
    }

    @Override
    public boolean full() {
        return socket.writeQueueFull();
    }

    @Override
    public void close(int code) {
        if (closing) {
            return;
        }
        closing = true;
        because("closed with " + code);
        Buffer frame = Buffer.buffer();
        WsFrames.appendClose(frame, code);
        write(frame);
        vertx.setTimer(CLOSE_WAIT_MS, id -> drop(false));
    }

    @Override
    public void drop(boolean reset) {
        closing = true;
        because(reset ? "reset" : "dropped");
        ChannelHandlerContext channel = ((NetSocketInternal) socket).channelHandlerContext();
        if (reset) {
            channel.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        channel.close().addListener(done -> because("dropped"));
    }

    @Override
    public void freeze(boolean frozen) {
        if (frozen) {
            socket.pause();
        } else {
            socket.resume();
        }
    }

    @Override
    public void onText(String text) {
        if (!closing && events != null) {
            events.onText(text);
        }
    }

    @Override
    public void onBinary(byte[] payload) {
        if (!closing && events != null) {
            events.onBinary(payload);
        }
    }

    @Override
    public void onPing(byte[] payload) {
        Buffer pong = Buffer.buffer();
        WsFrames.append(pong, WsFrames.PONG, payload, payload.length);
        send(pong);
        if (events != null) {
            events.onPing();
        }
    }

    @Override
    public void onPong(byte[] payload) {
        if (!closing && events != null) {
            events.onPong(payload);
        }
    }

    @Override
    public void onClose(int code) {
        because("client closed with " + code);
        if (!closing) {
            closing = true;
            Buffer echo = Buffer.buffer();
            WsFrames.appendClose(echo, code < 1000 || code == 1005 || code == ABNORMAL ? 1000 : code);
            write(echo);
        }
        end();
    }

    @Override
    public void onViolation(int code, String what) {
        because("protocol violation: " + what);
        close(code);
    }

    private void end() {
        socket.end().onFailure(cause -> because("connection failed"));
    }

    private void write(Buffer bytes) {
        socket.write(bytes).onFailure(cause -> because("connection failed"));
    }

    private void because(String why) {
        if (reason == null) {
            reason = why;
        }
    }
}
