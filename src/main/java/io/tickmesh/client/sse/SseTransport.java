package io.tickmesh.client.sse;

import io.netty.buffer.ByteBuf;
import io.tickmesh.client.CloseReason;
import io.tickmesh.client.Frames;
import io.tickmesh.client.Json;
import io.tickmesh.client.Session;
import io.tickmesh.client.Transport;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A response that goes on: each native event as an event of its own, those of a turn in one write.
 *
 * <p>Nothing is said before the first flush. An error that comes until then is the answer to the request itself, and makes
 * the response an ordinary refusal.
 */
final class SseTransport implements Transport {
    private static final int MOST_UNWRITTEN = 16_384;
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final int LAST_WORDS_MILLIS = 2_000;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Positions positions;
    private final Timing timing;
    private final String remote;
    private final StringBuilder batch = new StringBuilder();
    private @Nullable Session session;
    private @Nullable String refusal;
    private boolean begun;
    private int unwritten;

    /** Runs a task on the event loop after a time. */
    interface Timing {
        void run(long millis, Runnable task);
    }

    SseTransport(HttpServerRequest request, Positions positions, Timing timing) {
        this.request = request;
        this.response = request.response();
        this.positions = positions;
        this.timing = timing;
        this.remote = request.remoteAddress().toString();
    }

    /** From now on the session hears when the client takes data. */
    void serve(Session value) {
        session = value;
    }

    /** Why the stream cannot begin; null if it can. */
    @Nullable
    String refusal() {
        return refusal;
    }

    @Override
    public boolean writable() {
        return unwritten + batch.length() < MOST_UNWRITTEN;
    }

    @Override
    public void write(ByteBuf frame) {
        String event = Frames.payload(frame).toString(StandardCharsets.UTF_8);
        frame.release();
        NativeEvent read = NativeEvent.of(event);
        if (!begun && read.type().equals("error")) {
            refusal = new JsonObject(event).getString("message");
        } else if (read.type().equals("leaving")) {
            batch.append("retry: ")
                    .append(new JsonObject(event).getLong("retry_after_ms"))
                    .append('\n');
        } else if (read.isPosition()) {
            positions.set(read.topic(), read.epoch(), read.seq());
            batch.append("id: ");
            positions.appendTo(batch);
            batch.append('\n');
        }
        append(read.type(), event);
    }

    private void append(String type, String data) {
        batch.append("event: ").append(type).append("\ndata: ").append(data).append("\n\n");
    }

    @Override
    public void flush() {
        if (batch.isEmpty() || refusal != null || response.ended() || response.closed()) {
            return;
        }
        begun = true;
        String events = batch.toString();
        batch.setLength(0);
        unwritten += events.length();
        response.write(events).onSuccess(written -> {
            unwritten -= events.length();
            heard();
        });
    }

    private void heard() {
        Session served = session;
        if (served != null && !served.closed()) {
            served.heard(System.nanoTime());
            served.flushSoon();
        }
    }

    /** A comment. Clients answer nothing: one to whom everything could be written is alive. */
    @Override
    public void ping() {
        if (unwritten == 0) {
            batch.append(":\n\n");
            flush();
        }
    }

    @Override
    public long mostQuietNanos() {
        return QUIET_NANOS;
    }

    @Override
    public void close(CloseReason reason, String text) {
        StringBuilder closing = new StringBuilder("{");
        Json.text(closing, "type", "closing");
        Json.number(closing, "code", reason.code());
        Json.text(closing, "reason", text);
        append("closing", closing.append('}').toString());
        flush();
        response.end();
        timing.run(LAST_WORDS_MILLIS, request.connection()::close);
    }

    @Override
    public String remote() {
        return remote;
    }
}
