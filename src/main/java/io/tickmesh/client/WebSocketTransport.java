package io.tickmesh.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.vertx.core.Context;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ShutdownEvent;
import io.vertx.core.net.impl.VertxHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket that Vert.x shook hands for and then gave up (ADR 8): this is the last handler of its channel. Whole shared
 * frames go out as they are, many to one flush, and a connection keeps nothing of its request.
 */
final class WebSocketTransport extends ChannelInboundHandlerAdapter implements Transport {
    private static final String ENCODER = "wsencoder";
    private static final long CLOSING_SECONDS = 2;
    private static final int FEW = 8;
    private static final int MOST_GATHERED_BYTES = 1 << 16;

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketTransport.class);

    private final ContextInternal context;
    private final Channel channel;
    private final ChannelHandlerContext framesOut;
    private final MessageParts parts;
    private final Deque<Object> held = new ArrayDeque<>(0);
    private @Nullable Listener listener;
    private @Nullable Future<?> closing;
    private boolean closeReceived;
    private boolean closed;
    private boolean paused;
    private boolean unflushed;
    private ByteBuf @Nullable [] gathered;
    private int gatheredFrames;
    private int gatheredBytes;

    /** Is told what the client does, until it is closed. */
    interface Listener {
        /** The client sent something, whatever it was. */
        void onSign();

        void onText(String text);

        /** The client sent bytes that are no text. */
        void onBinary();

        /** The client takes data again. */
        void onWritable();

        /** What the client sends is not the protocol. */
        void onBroken(CloseReason reason);

        /**
         * The connection is at its end.
         *
         * @param byClient whether the client said so
         */
        void onClosed(boolean byClient);
    }

    private WebSocketTransport(ContextInternal context, Channel channel, ChannelHandlerContext framesOut, int largest) {
        this.context = context;
        this.channel = channel;
        this.framesOut = framesOut;
        this.parts = new MessageParts(largest);
    }

    /**
     * Takes a socket over from Vert.x, for which it is closed from now on.
     *
     * @param context in which the listener is told
     * @param largest message in bytes, whether it comes in one frame or in several
     * @return null if the client is gone already
     */
    static @Nullable WebSocketTransport takeOver(ServerWebSocket socket, Context context, int largest) {
        ChannelHandlerContext vertx = ((WebSocketInternal) socket).channelHandlerContext();
        ChannelPipeline pipeline = vertx.pipeline();
        ChannelHandlerContext encoder = pipeline.context(ENCODER);
        if (vertx.isRemoved() || encoder == null) {
            return null;
        }
        WebSocketTransport transport =
                new WebSocketTransport((ContextInternal) context, vertx.channel(), encoder, largest);
        VertxHandler<?> handler = (VertxHandler<?>) vertx.handler();
        pipeline.addBefore(vertx.name(), null, new Utf8FrameValidator(false));
        pipeline.replace(vertx.name(), "tickmesh", transport);
        // for its count of open connections
        handler.channelInactive(vertx);
        return transport;
    }

    /** From now on this listener is told. */
    void listen(Listener value) {
        listener = value;
        if (!channel.isActive()) {
            end();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext netty, Object message) {
        if (paused || !held.isEmpty()) {
            held.addLast(message);
        } else {
            inContext(() -> take(message));
        }
    }

    /** What the listener does, such as setting timers, belongs to the verticle whose event loop this is. */
    private void inContext(Runnable task) {
        ContextInternal before = context.beginDispatch();
        try {
            task.run();
        } finally {
            context.endDispatch(before);
        }
    }

    private void take(Object message) {
        try {
            if (message instanceof WebSocketFrame frame && listener != null && !closeReceived) {
                listener.onSign();
                onFrame(frame);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void onFrame(WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame close) {
            onClose(close);
        } else if (frame instanceof PingWebSocketFrame) {
            pong(frame);
        } else if (!(frame instanceof PongWebSocketFrame)) {
            onPart(frame);
        }
    }

    /** Pongs would pile up for who reads none. */
    @SuppressWarnings("FutureReturnValueIgnored") // a void promise; a failed write closes the channel
    private void pong(WebSocketFrame ping) {
        if (channel.isWritable() && closing == null) {
            channel.write(new PongWebSocketFrame(ping.content().retain()), channel.voidPromise());
            unflushed = true;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // its listener closes the channel
    private void onClose(CloseWebSocketFrame close) {
        closeReceived = true;
        if (closing == null) {
            closeLater();
            writeGathered();
            channel.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
        } else {
            cut();
        }
    }

    private void onPart(WebSocketFrame frame) {
        if (listener != null && closing == null) {
            parts.take(frame, listener);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext netty) {
        if (unflushed) {
            unflushed = false;
            channel.flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext netty) {
        Listener told = listener;
        if (told != null && channel.isWritable()) {
            inContext(told::onWritable);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext netty) {
        inContext(this::end);
    }

    private void end() {
        if (!closed && listener != null) {
            closed = true;
            if (closing != null) {
                closing.cancel(false);
            }
            parts.drop();
            writeGathered();
            held.forEach(ReferenceCountUtil::release);
            held.clear();
            listener.onClosed(closeReceived);
        }
    }

    /** The server is closed, and did not tell its clients before. */
    @Override
    public void userEventTriggered(ChannelHandlerContext netty, Object event) {
        if (event instanceof ShutdownEvent) {
            close(CloseReason.GOING_AWAY, CloseReason.GOING_AWAY.text());
        }
        ReferenceCountUtil.release(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext netty, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            breakOff(reasonOf(corrupted.closeStatus()));
        } else if (cause instanceof IOException) {
            cut();
        } else {
            LOG.atError()
                    .addKeyValue("client", remote())
                    .setCause(cause)
                    .log("a client's message could not be dealt with");
            breakOff(CloseReason.INTERNAL);
        }
    }

    private void breakOff(CloseReason reason) {
        Listener told = listener;
        if (told == null) {
            cut();
        } else {
            inContext(() -> told.onBroken(reason));
        }
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
        return channel.isWritable() && gatheredBytes < MOST_GATHERED_BYTES;
    }

    /** Keeps the frame here: what a channel does for a write is cheaper for all frames of a flush at once. */
    @Override
    public void write(ByteBuf frame) {
        ByteBuf[] frames = gathered;
        if (frames == null) {
            frames = new ByteBuf[FEW];
            gathered = frames;
        } else if (gatheredFrames == frames.length) {
            frames = Arrays.copyOf(frames, 2 * gatheredFrames);
            gathered = frames;
        }
        frames[gatheredFrames++] = frame;
        gatheredBytes += frame.readableBytes();
    }

    @Override
    public void flush() {
        writeGathered();
        framesOut.flush();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a void promise; a failed write closes the channel
    private void writeGathered() {
        ByteBuf[] frames = gathered;
        if (frames != null) {
            for (int i = 0; i < gatheredFrames; i++) {
                framesOut.write(frames[i], framesOut.voidPromise());
                frames[i] = Unpooled.EMPTY_BUFFER;
            }
            gatheredFrames = 0;
            gatheredBytes = 0;
            if (frames.length > FEW) {
                gathered = null;
            }
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // likewise
    public void ping() {
        if (closing == null && channel.isActive()) {
            channel.writeAndFlush(new PingWebSocketFrame(), channel.voidPromise());
        }
    }

    @Override
    public void pause() {
        paused = true;
        channel.config().setAutoRead(false);
    }

    /** What was read before the pause comes first, when whoever resumes is done. */
    @Override
    public void resume() {
        paused = false;
        if (held.isEmpty()) {
            channel.config().setAutoRead(true);
        } else {
            channel.eventLoop().execute(() -> inContext(this::takeHeld));
        }
    }

    private void takeHeld() {
        while (!paused && !held.isEmpty()) {
            take(held.removeFirst());
        }
        channel.config().setAutoRead(!paused);
    }

    /** A client that reads nothing cannot take a Close frame either, and one that is gone does not answer it. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // likewise
    public void close(CloseReason reason, String text) {
        if (closing == null && channel.isActive()) {
            closeLater();
            writeGathered();
            channel.writeAndFlush(new CloseWebSocketFrame(reason.code(), text), channel.voidPromise());
        }
    }

    private void closeLater() {
        closing = channel.eventLoop().schedule(this::cut, CLOSING_SECONDS, TimeUnit.SECONDS);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // its end is seen as that of the channel
    private void cut() {
        channel.close();
    }

    @Override
    public String remote() {
        return channel.remoteAddress() instanceof InetSocketAddress address
                ? SocketAddress.inetSocketAddress(address).toString()
                : String.valueOf(channel.remoteAddress());
    }
}
