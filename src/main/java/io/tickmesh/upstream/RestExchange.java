package io.tickmesh.upstream;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call and its answer, bounded in time and in size. */
final class RestExchange {
    static final int LARGEST_BODY = 4 << 20;

    private final Vertx vertx;
    private final String requestBody;
    private final Promise<RestReply> reply = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private final long timer;
    private @Nullable HttpClientRequest request;

    RestExchange(Vertx vertx, Duration bound, String requestBody) {
        this.vertx = vertx;
        this.requestBody = requestBody;
        timer = vertx.setTimer(bound.toMillis(), late -> fail("no whole answer within " + Words.duration(bound)));
    }

    Future<RestReply> reply() {
        return reply.future();
    }

    /** Whether there was a connection to ask on. */
    boolean connected() {
        return request != null;
    }

    void begin(Future<HttpClientRequest> opening) {
        opening.onComplete(this::onConnected, failure -> onNotConnected(UpstreamFault.words(failure)));
    }

    void onNotConnected(String text) {
        fail(text);
    }

    private void onConnected(HttpClientRequest opened) {
        request = opened;
        if (reply.future().isComplete()) {
            opened.reset();
            return;
        }
        Future<HttpClientResponse> answer = requestBody.isEmpty() ? opened.send() : opened.send(requestBody);
        answer.onComplete(this::onResponse, this::onBroken);
    }

    private void onResponse(HttpClientResponse response) {
        response.exceptionHandler(this::onBroken);
        response.handler(this::onBytes);
        response.endHandler(end -> onEnd(response));
    }

    static Map<String, String> headers(MultiMap sent) {
        Map<String, String> headers = new HashMap<>();
        sent.forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        return headers;
    }

    private void onBytes(Buffer bytes) {
        if (body.length() + bytes.length() > LARGEST_BODY) {
            fail("an answer of over " + LARGEST_BODY + " bytes");
        } else if (!reply.future().isComplete()) {
            body.appendBuffer(bytes);
        }
    }

    private void onEnd(HttpClientResponse response) {
        RestReply whole = new RestReply(response.statusCode(), headers(response.headers()), body.getBytes());
        if (reply.tryComplete(whole)) {
            vertx.cancelTimer(timer);
        }
    }

    /** What the provider sent may repeat what it was sent, so only the connection's own troubles are said in full. */
    private void onBroken(Throwable failure) {
        boolean ofTheConnection = failure instanceof IOException || failure instanceof VertxException;
        fail(ofTheConnection ? UpstreamFault.words(failure) : "the answer is not HTTP");
    }

    private void fail(String text) {
        if (reply.tryFail(text)) {
            vertx.cancelTimer(timer);
            if (request != null) {
                request.reset();
            }
        }
    }
}
