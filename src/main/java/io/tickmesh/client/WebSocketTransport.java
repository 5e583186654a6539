package io.tickmesh.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;

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

    /** Runs a task whenever the client takes data again. */
    void onWritable(Runnable task) {
        channel.pipeline().addBefore(channel.name(), HANDLER_NAME, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
                if (context.channel().isWritable()) {
                    task.run();
                }
                super.channelWritabilityChanged(context);
            }
        });
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
