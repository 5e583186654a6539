package io.tickmesh.client.sockjs;

import io.netty.buffer.ByteBuf;
import io.tickmesh.client.CloseReason;
import io.tickmesh.client.Frames;
import io.tickmesh.client.Framing;
import io.tickmesh.client.Intake;
import io.tickmesh.client.Json;
import io.tickmesh.client.Session;
import io.tickmesh.client.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SockJS over a WebSocket: the messages of a turn stand together in one frame.
 *
 * <pre> o | h | a["message",...] | c[code,"reason"]   and from the client   ["message",...] | "message" </pre>
 */
public final class SockJsFraming implements Framing {
    private static final int MOST_BATCH_BYTES = 16_384;

    @Override
    public Transport over(Transport socket) {
        socket.write(Frames.text("o"));
        socket.flush();
        return new Framed(socket);
    }

    /** A frame that is not one of SockJS ends the session; there is no form to answer it in. */
    @Override
    public void onText(Session session, String frame) {
        List<String> messages = SockJsText.read(frame);
        if (messages == null) {
            session.meters().badRequest();
            session.close(CloseReason.BAD_FRAME);
            return;
        }
        for (String message : messages) {
            if (!session.closed()) {
                Intake.onText(session, message);
            }
        }
    }

    private static final class Framed implements Transport {
        private final Transport socket;
        private @Nullable ByteBuf batch;

        Framed(Transport socket) {
            this.socket = socket;
        }

        @Override
        public boolean writable() {
            return socket.writable() && (batch == null || batch.readableBytes() < MOST_BATCH_BYTES);
        }

        @Override
        public void write(ByteBuf frame) {
            ByteBuf message = Frames.payload(frame);
            ByteBuf frames = batch;
            if (frames == null) {
                frames = Frames.beginDroppable(message.readableBytes() * 3 / 2);
                frames.writeByte('a').writeByte('[');
                batch = frames;
            } else {
                frames.writeByte(',');
            }
            SockJsText.quote(message, frames);
            frame.release();
        }

        @Override
        public void flush() {
            ByteBuf frames = batch;
            if (frames != null) {
                batch = null;
                socket.write(Frames.end(frames.writeByte(']')));
            }
            socket.flush();
        }

        @Override
        public void ping() {
            flush();
            socket.write(Frames.text("h"));
            socket.flush();
            socket.ping();
        }

        @Override
        public void close(CloseReason reason, String text) {
            StringBuilder close = new StringBuilder("c[").append(reason.code()).append(',');
            Json.quoted(close, text);
            flush();
            socket.write(Frames.text(close.append(']')));
            socket.flush();
            socket.close(reason, text);
        }

        @Override
        public String remote() {
            return socket.remote();
        }
    }
}
