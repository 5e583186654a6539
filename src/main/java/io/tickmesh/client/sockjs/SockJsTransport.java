package io.tickmesh.client.sockjs;

import io.netty.buffer.ByteBuf;
import io.tickmesh.client.CloseReason;
import io.tickmesh.client.Frames;
import io.tickmesh.client.Json;
import io.tickmesh.client.Session;
import io.tickmesh.client.Transport;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A SockJS session over HTTP: polling, streaming or JSONP.
 *
 * <p>What a client has not fetched yet piles up inside Vert.x, which calls no queue full while a request is open. So what
 * was handed over and not yet written to a connection is counted here, and there is no room beyond a small amount of it:
 * a client between two polls gets the newest values at the next.
 */
final class SockJsTransport implements Transport {
    private static final int MOST_UNWRITTEN = 16_384;
    private static final int LAST_WORDS_MILLIS = 2_000;

    private final SockJSSocket socket;
    private final Timing timing;
    private final String remote;
    private final Runnable ended;
    private @Nullable Session session;
    private int unwritten;
    private boolean closing;

    /** Runs a task on the event loop of the session after a time. */
    interface Timing {
        void run(long millis, Runnable task);
    }

    /**
     * The transport of one session.
     *
     * @param ended called when it is closed from our side, perhaps more than once
     */
    SockJsTransport(SockJSSocket socket, String remote, Timing timing, Runnable ended) {
        this.socket = socket;
        this.remote = remote;
        this.timing = timing;
        this.ended = ended;
    }

    /** From now on the session hears when the client takes data. */
    void serve(Session value) {
        session = value;
    }

    @Override
    public boolean writable() {
        return unwritten < MOST_UNWRITTEN;
    }

    @Override
    public void write(ByteBuf frame) {
        String message = Frames.payload(frame).toString(StandardCharsets.UTF_8);
        frame.release();
        write(message);
    }

    private void write(String message) {
        unwritten += message.length();
        socket.write(message).onSuccess(written -> {
            unwritten -= message.length();
            onWritten();
        });
    }

    private void onWritten() {
        if (closing) {
            if (unwritten == 0) {
                end();
            }
            return;
        }
        Session served = session;
        if (served != null) {
            served.heard(System.nanoTime());
            served.flushSoon();
        }
    }

    @Override
    public void flush() {
        // a write leaves as soon as there is a request to answer
    }

    /**
     * Vert.x sends the heartbeats, which no client answers. A client that polls no more is ended by the session timeout, one
     * whose connection is stuck leaves something unwritten sooner or later: all others are alive.
     */
    @Override
    public void ping() {
        Session served = session;
        if (served != null && unwritten == 0) {
            served.heard(System.nanoTime());
        }
    }

    /** Here SockJS closes with 3000 always, so a last message says the reason, and waits a while to be fetched. */
    @Override
    public void close(CloseReason reason, String text) {
        StringBuilder closing = new StringBuilder("{");
        Json.text(closing, "type", "closing");
        Json.number(closing, "code", reason.code());
        Json.text(closing, "reason", text);
        this.closing = true;
        write(closing.append('}').toString());
        timing.run(LAST_WORDS_MILLIS, this::end);
    }

    private void end() {
        socket.close();
        ended.run();
    }

    @Override
    public String remote() {
        return remote;
    }
}
