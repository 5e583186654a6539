package io.tickmesh.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The messages of one client, each from the frames that it came in; none grows beyond a bound. */
final class MessageParts {
    private final int largest;
    private @Nullable ByteBuf begun;
    private boolean text;

    /**
     * Of one client.
     *
     * @param largest message in bytes
     */
    MessageParts(int largest) {
        this.largest = largest;
    }

    /** Takes a frame of data, which stays the caller's, and tells of the message that it ends, if it does. */
    void take(WebSocketFrame frame, WebSocketTransport.Listener listener) {
        boolean first = frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame;
        if (first) {
            text = frame instanceof TextWebSocketFrame;
        }
        if (first && frame.isFinalFragment()) {
            tell(frame.content(), listener);
            return;
        }
        ByteBuf whole = begun;
        if (whole == null) {
            whole = ByteBufAllocator.DEFAULT.heapBuffer(frame.content().readableBytes());
            begun = whole;
        }
        if (whole.readableBytes() + frame.content().readableBytes() > largest) {
            drop();
            listener.onBroken(CloseReason.TOO_LARGE);
            return;
        }
        whole.writeBytes(frame.content());
        if (frame.isFinalFragment()) {
            begun = null;
            try {
                tell(whole, listener);
            } finally {
                whole.release();
            }
        }
    }

    private void tell(ByteBuf message, WebSocketTransport.Listener listener) {
        if (message.readableBytes() > largest) {
            listener.onBroken(CloseReason.TOO_LARGE);
        } else if (text) {
            listener.onText(message.toString(StandardCharsets.UTF_8));
        } else {
            listener.onBinary();
        }
    }

    /** Forgets what has begun. */
    void drop() {
        if (begun != null) {
            begun.release();
            begun = null;
        }
    }
}
