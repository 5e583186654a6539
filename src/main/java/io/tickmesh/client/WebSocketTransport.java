package io.tickmesh.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.function.Consumer;

/**
 * A WebSocket, written to below Vert.x: whole shared frames go to the channel as they are, many to one flush.
 *
 * <p>Frames written so are not seen by the socket's own write queue, so readiness is the channel's, and its changes
 * arrive at the handler that this adds to the pipeline.
 */
final class WebSocketTransport implements Transport {
    private static final String HANDLER_NAME = "tickmesh-writability";

    private final ServerWebSocket socket;
    private final ChannelHandlerContext channel;
    private final String remote;

    WebSocketTransport(ServerWebSocket socket) {
        this.socket = socket;
        this.channel = ((WebSocketInternal) socket).channelHandlerContext();
        this.remote = socket.remoteAddress().toString();
    }

    /**
     * Runs a task whenever the client takes data again, and another when what it sends is not the WebSocket protocol. Vert.x
     * would just cut the connection then, and would take text for what is not UTF-8.
     */
    void watch(Runnable writable, Consumer<CloseReason> broken) {
        channel.pipeline().addBefore(channel.name(), null, new Utf8FrameValidator(false));
        channel.pipeline().addBefore(channel.name(), HANDLER_NAME, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
                if (context.channel().isWritable()) {
                    writable.run();
                }
                super.channelWritabilityChanged(context);
            }

            /** Vert.x answers pings by itself, and its pongs would pile up for who reads none. */
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
                if (message instanceof PingWebSocketFrame ping
                        && !context.channel().isWritable()) {
                    ping.release();
                } else {
                    super.channelRead(context, message);
                }
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
                if (cause instanceof CorruptedWebSocketFrameException corrupted) {
                    broken.accept(reasonOf(corrupted.closeStatus()));
                } else {
                    super.exceptionCaught(context, cause);
                }
            }
        });
    }

    private static CloseReason reasonOf(WebSocketCloseStatus status) {
        if (status.equals(WebSocketCloseStatus.MESSAGE_TOO_BIG)) {
            return CloseReason.TOO_LARGE;
        }
        return status.equals(WebSocketCloseStatus.INVALID_PAYLOAD_DATA)
                ? CloseReason.BAD_TEXT
                : CloseReason.BAD_PROTOCOL;
    }

    @Override
    public boolean writable() {
        return channel.channel().isWritable();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a void promise; a failed write closes the channel
    public void write(ByteBuf frame) {
        channel.write(frame, channel.voidPromise());
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public void ping() {
        if (!socket.isClosed()) {
            socket.writePing(Buffer.buffer());
        }
    }

    @Override
    public void pause() {
        socket.pause();
    }

    @Override
    public void resume() {
        socket.resume();
    }

    /** A client that reads nothing cannot take a Close frame either; the server's closing timeout ends it then. */
    @Override
    public void close(CloseReason reason, String text) {
        if (!socket.isClosed()) {
            socket.close(reason.code(), text);
        }
    }

    @Override
    public String remote() {
        return remote;
    }
}
