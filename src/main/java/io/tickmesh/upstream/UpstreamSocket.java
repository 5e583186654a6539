package io.tickmesh.upstream;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.UpstreamConfig;
import io.tickmesh.market.Printable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a provider. It has a client of its own, so that an ended attempt leaves nothing behind and a changed
 * certificate file counts at the next one.
 */
final class UpstreamSocket {
    /** Who uses the connection; called on its event loop, and no more after {@link #abort}. */
    interface Listener {
        void onOpened();

        /** A text or binary message, in the first {@code length} bytes of an array that is used again. */
        void onMessage(byte[] message, int length);

        void onPong();

        /** The provider answered the upgrade with something else. */
        void onUpgradeRefused(RestReply answer);

        void onClosed(String cause);
    }

    /** Where to connect, and with which headers besides the usual ones; never an Origin, which some providers punish. */
    record Target(FeedConfig feed, String url, Map<String, String> headers) {}

    private static final int LARGEST_MESSAGE = 1 << 20;
    private static final int FIRST_ROOM = 1 << 13;
    private static final long LAST_GRACE_MILLIS = 300;

    private final Vertx vertx;
    private final Target target;
    private final FeedConfig feed;
    private final UpstreamConfig timing;
    private final Listener listener;
    private final Promise<Void> closed = Promise.promise();
    private @Nullable WebSocketClient client;
    private @Nullable WebSocket socket;
    private byte[] message = new byte[FIRST_ROOM];
    private int length;
    private boolean unwanted;
    private boolean closing;
    private String cause = "";

    UpstreamSocket(Vertx vertx, Target target, UpstreamConfig timing, Listener listener) {
        this.vertx = vertx;
        this.target = target;
        this.feed = target.feed();
        this.timing = timing;
        this.listener = listener;
    }

    void open() {
        options().compose(this::connect).onComplete(this::onOpen, this::onNotOpen);
    }

    private Future<WebSocketClientOptions> options() {
        int connectMillis = (int) timing.connectTimeout().toMillis();
        WebSocketClientOptions options = new WebSocketClientOptions()
                .setSsl(target.url().toLowerCase(Locale.ROOT).startsWith("wss:"))
                .setVerifyHost(true)
                .setConnectTimeout(connectMillis)
                .setSslHandshakeTimeout(connectMillis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxFrameSize(LARGEST_MESSAGE)
                .setMaxMessageSize(LARGEST_MESSAGE);
        @Nullable String caFile = feed.caFile();
        if (caFile == null || !options.isSsl()) {
            return Future.succeededFuture(options);
        }
        return ExtraTrust.from(vertx, caFile).map(options::setTrustOptions);
    }

    private Future<WebSocket> connect(WebSocketClientOptions options) {
        if (unwanted) {
            return Future.failedFuture("given up");
        }
        WebSocketConnectOptions request;
        try {
            request = new WebSocketConnectOptions().setAbsoluteURI(target.url()).setAllowOriginHeader(false);
            target.headers().forEach(request::addHeader);
        } catch (IllegalArgumentException e) {
            // Not the exception's own text: it repeats the address, which may carry a key.
            return Future.failedFuture("the address of feed " + feed.id() + " is no ws:// or wss:// address");
        }
        WebSocketClient opened = vertx.createWebSocketClient(options);
        client = opened;
        return opened.webSocket()
                .frameHandler(this::onFrame)
                .pongHandler(pong -> onPong())
                .exceptionHandler(this::onException)
                .endHandler(end -> abortSoon())
                .closeHandler(end -> onClosed())
                .connect(request.setTimeout(timing.connectTimeout().toMillis()));
    }

    private void onOpen(WebSocket opened) {
        socket = opened;
        if (unwanted) {
            abortNow(opened);
        } else {
            listener.onOpened();
        }
    }

    private void onNotOpen(Throwable failure) {
        release();
        if (unwanted) {
            return;
        }
        unwanted = true;
        if (failure instanceof UpgradeRejectedException rejected) {
            Buffer body = rejected.getBody();
            listener.onUpgradeRefused(new RestReply(
                    rejected.getStatus(),
                    RestExchange.headers(rejected.getHeaders()),
                    body == null ? new byte[0] : body.getBytes()));
        } else {
            listener.onClosed(describe(failure));
        }
    }

    /** The deepest cause says most: "unable to find valid certification path", not "SSL connection failed". */
    private static String describe(Throwable failure) {
        Throwable deepest = failure;
        for (int i = 0; i < 8 && deepest.getCause() != null; i++) {
            deepest = deepest.getCause();
        }
        @Nullable String text = deepest.getMessage();
        return text == null ? deepest.getClass().getSimpleName() : text.replaceAll("\\p{Cntrl}", " ");
    }

    private void onFrame(WebSocketFrame frame) {
        if (unwanted || closing || !(frame.isContinuation() || frame.isText() || frame.isBinary())) {
            return;
        }
        Buffer bytes = frame.binaryData();
        if (!frame.isContinuation()) {
            length = 0;
        }
        int end = length + bytes.length();
        if (end > LARGEST_MESSAGE) {
            cause = "a message of over " + LARGEST_MESSAGE + " bytes";
            length = 0;
            closeSoon();
            return;
        }
        if (end > message.length) {
            message = Arrays.copyOf(message, Math.min(LARGEST_MESSAGE, Math.max(end, 2 * message.length)));
        }
        bytes.getBytes(0, bytes.length(), message, length);
        length = end;
        if (frame.isFinal()) {
            length = 0;
            listener.onMessage(message, end);
        }
    }

    private void onPong() {
        if (!unwanted && !closing) {
            listener.onPong();
        }
    }

    private void onException(Throwable failure) {
        if (cause.isEmpty()) {
            cause = describe(failure);
        }
    }

    private void onClosed() {
        WebSocket ended = socket;
        release();
        if (unwanted || ended == null) {
            return;
        }
        unwanted = true;
        listener.onClosed(closeWords(ended));
    }

    private String closeWords(WebSocket ended) {
        @Nullable Short code = ended.closeStatusCode();
        @Nullable String reason = ended.closeReason();
        if (code == null || code == 1006) {
            return cause.isEmpty() ? "without a Close frame" : cause;
        }
        String said = reason == null || reason.isEmpty() ? "" : " " + Printable.of(reason);
        return cause.isEmpty() ? "by the provider, code " + code + said : cause;
    }

    private void release() {
        if (client != null) {
            client.close();
            client = null;
        }
        closed.tryComplete();
    }

    void send(String text) {
        if (socket != null && !socket.isClosed()) {
            socket.writeTextMessage(text).onFailure(this::onException);
        }
    }

    void ping() {
        if (socket != null && !socket.isClosed()) {
            socket.writePing(Buffer.buffer()).onFailure(this::onException);
        }
    }

    /** Says goodbye: a Close frame, and an end of the patience soon after. */
    void close() {
        unwanted = true;
        closeSoon();
    }

    private void closeSoon() {
        if (socket == null) {
            release();
            return;
        }
        socket.close().onFailure(this::onException);
        abortSoon();
    }

    /** Ends the connection now, without another byte to the provider. */
    void abort() {
        unwanted = true;
        if (socket == null) {
            release();
        } else {
            abortNow(socket);
        }
    }

    private void abortSoon() {
        WebSocket leaving = socket;
        if (closing || leaving == null) {
            return;
        }
        closing = true;
        vertx.setTimer(LAST_GRACE_MILLIS, timer -> abortNow(leaving));
    }

    /**
     * Closes the TCP connection under the WebSocket. Vert.x offers that nowhere else: its own close waits ten seconds for
     * the other side, and for ever where that side sent its Close frame and then nothing.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the close handler tells when it is done
    private static void abortNow(WebSocket socket) {
        ((WebSocketInternal) socket).channelHandlerContext().close();
    }

    /** Completes when the connection is gone, or never came about. */
    Future<Void> closed() {
        return closed.future();
    }
}
