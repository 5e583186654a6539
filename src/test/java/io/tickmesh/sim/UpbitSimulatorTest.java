package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tickmesh.config.SimConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The simulator over real sockets, to a client that knows nothing of it. */
class UpbitSimulatorTest {
    private static final short WITHOUT_CLOSE_FRAME = 1006;

    private final Vertx vertx = Vertx.vertx();
    private final UpbitSimulator simulator = new UpbitSimulator(new SimConfig("127.0.0.1", 0, 1, 20));

    /** One connection and what it heard: {@code b} or {@code t} and the text. */
    private static final class Client {
        private final WebSocket socket;
        private final List<String> heard = new CopyOnWriteArrayList<>();

        Client(WebSocket socket) {
            this.socket = socket;
            socket.frameHandler(frame -> {
                if (frame.isBinary() || frame.isText()) {
                    heard.add((frame.isBinary() ? "b" : "t") + frame.textData());
                }
            });
        }

        Client say(String text) {
            result(socket.writeTextMessage(text));
            return this;
        }

        void until(String part) {
            await("frame with " + part).until(() -> heard.stream().anyMatch(each -> each.contains(part)));
        }
    }

    private static <T> T result(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    @BeforeEach
    void deploy() {
        result(vertx.deployVerticle(simulator));
    }

    @AfterEach
    void close() {
        result(vertx.close());
    }

    private WebSocketConnectOptions options(String url) {
        URI uri = URI.create(url);
        return new WebSocketConnectOptions()
                .setHost(uri.getHost())
                .setPort(uri.getPort())
                .setURI(uri.getPath())
                .setAllowOriginHeader(false);
    }

    private Client connect(WebSocketConnectOptions options) {
        WebSocketClientOptions wide = new WebSocketClientOptions().setMaxFrameSize(1 << 20);
        return result(vertx.createWebSocketClient(wide).connect(options).map(Client::new));
    }

    private java.net.http.WebSocket connectWithOrigin() {
        return FmpClient.HTTP
                .newWebSocketBuilder()
                .header("Origin", "http://127.0.0.1")
                .buildAsync(URI.create(simulator.url()), new java.net.http.WebSocket.Listener() {})
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private int refusal(WebSocketConnectOptions options) {
        try {
            connect(options);
        } catch (CompletionException e) {
            if (e.getCause() instanceof UpgradeRejectedException rejected) {
                return rejected.getStatus();
            }
            throw e;
        }
        return 101;
    }

    @Test
    void shouldStreamInBinaryFrames() {
        Client client = connect(options(simulator.url()));
        client.say(UpbitBench.subscribe("orderbook", "KRW-BTC", "KRW-ETH")).until("REALTIME");

        assertThat(client.heard).allMatch(each -> each.startsWith("b{\"type\":\"orderbook\""));
        assertThat(simulator.sessions().get(0).tickers()).containsExactly("orderbook:KRW-BTC", "orderbook:KRW-ETH");
    }

    @Test
    void shouldSendFramesWhereTextIsNeededWhereToldTo() {
        result(simulator.change(new JsonObject().put("binary_frames", false).put("binary_errors", false)));
        Client client = connect(options(simulator.url()));
        client.say("PING").until("t{\"status\":\"UP\"}");
        client.say(UpbitBench.subscribe("trade", "KRW-BTC")).until("t{\"type\":\"trade\"");
    }

    @Test
    void shouldServeWhoCarriesATokenOnThePrivatePath() {
        Client client = connect(options(simulator.privateUrl()).addHeader("Authorization", UpbitBench.token()));
        client.say("[{\"ticket\":\"t\"},{\"type\":\"myOrder\"}]");
        await().until(() -> !simulator.sessions().get(0).tickers().isEmpty());
        result(simulator.fault("my-order", new JsonObject()));
        client.until("\"type\":\"myOrder\"");

        assertThat(refusal(options(simulator.privateUrl()))).isEqualTo(401);
        assertThat(simulator.sessions().get(0).key()).isEqualTo("***ey");
    }

    @Test
    void shouldRefuseTheSecondClientThatSendsAnOrigin() {
        connectWithOrigin().abort();

        assertThatThrownBy(this::connectWithOrigin)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(429));
        assertThat(refusal(options(simulator.url()))).isEqualTo(101);
    }

    @Test
    void shouldRefuseHandshakesBeyondTheLimit() {
        result(simulator.change(new JsonObject().put("connect_per_second", 2)));

        assertThat(refusal(options(simulator.url()))).isEqualTo(101);
        assertThat(refusal(options(simulator.url()))).isEqualTo(101);
        assertThat(refusal(options(simulator.url()))).isEqualTo(429);
        result(simulator.reset());
        assertThat(refusal(options(simulator.url()))).isEqualTo(101);
    }

    @Test
    void shouldCutWhoAsksTooOftenWithoutACloseFrame() {
        Client client = connect(options(simulator.url()));
        Future<Void> gone = Future.future(promise -> client.socket.closeHandler(promise::complete));
        for (int i = 0; i < 6; i++) {
            client.socket.writeTextMessage(UpbitBench.subscribe("ticker", "KRW-BTC"));
        }
        result(gone);

        assertThat(client.socket.closeStatusCode()).isEqualTo(WITHOUT_CLOSE_FRAME);
    }

    @Test
    void shouldCutIdleConnectionsAndLetPingsKeepThem() {
        result(simulator.change(new JsonObject().put("idle_timeout_ms", 300)));
        Client idle = connect(options(simulator.url()));
        Client alive = connect(options(simulator.url()));
        long timer = vertx.setPeriodic(50, id -> alive.socket.writePing(Buffer.buffer("?")));
        Future<Void> gone = Future.future(promise -> idle.socket.closeHandler(promise::complete));
        result(gone);

        assertThat(alive.socket.isClosed()).isFalse();
        vertx.cancelTimer(timer);
    }

    @Test
    void shouldAnswerRestWithItsHeader() {
        var response = result(vertx.createHttpClient(new HttpClientOptions())
                .request(HttpMethod.GET, simulator.port(), "127.0.0.1", "/v1/ticker?markets=KRW-BTC")
                .compose(request -> request.send())
                .compose(answer -> answer.body().map(body -> answer.getHeader("Remaining-Req") + body)));

        assertThat(response).startsWith("group=ticker; min=600; sec=9[{\"market\":\"KRW-BTC\"");
        assertThat(simulator.restRequests()).extracting(RestRequest::symbols).containsExactly("KRW-BTC");
    }

    @Test
    void shouldRefuseASettingThatItDoesNotKnow() {
        assertThatThrownBy(() -> result(simulator.change(new JsonObject().put("speed", 1))))
                .hasMessageContaining("unknown name 'speed'");
    }

    /** A list may be written as one value with commas or as several values; libraries do both. */
    @Test
    void shouldTakeAListOfMarketsInEitherForm() throws Exception {
        for (String query : List.of("markets=KRW-BTC,KRW-ETH", "markets=KRW-BTC&markets=KRW-ETH")) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.restUrl() + "/v1/ticker?" + query))
                    .build();
            String body = FmpClient.HTTP
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(new JsonArray(body).stream().map(each -> ((JsonObject) each).getString("market")))
                    .containsExactly("KRW-BTC", "KRW-ETH");
        }
    }
}
