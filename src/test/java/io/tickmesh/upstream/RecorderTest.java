package io.tickmesh.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.UpstreamConfig;
import io.tickmesh.market.Topic;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
    private static final String LOGIN = "{\"event\":\"login\",\"status\":200,\"message\":\"Authenticated\"}";
    private static final String SUBSCRIBED = "{\"event\":\"subscribe\",\"status\":200,\"message\":\"ok\"}";

    private final Vertx vertx = Vertx.vertx();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final ScriptedFeed feed = new ScriptedFeed(vertx);

    @TempDir
    Path dir = Path.of("");

    @AfterEach
    void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private Path file() {
        return dir.resolve("capture.txt");
    }

    private Recorder recorder(int slots, long frames, String... topics) throws Exception {
        FeedConfig config = Setups.feed(FeedConfig.Mode.LIVE, "ws://127.0.0.1:" + feed.listen() + "/", slots);
        Recorder.Order order = new Recorder.Order(
                config, List.of(topics).stream().map(Topic::parse).toList(), file(), frames);
        return new Recorder(vertx, order, Setups.FMP, UpstreamConfig.DEFAULTS, said::add);
    }

    private static long ended(Future<Long> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private void subscribed(int connection) {
        await().until(() -> feed.saw(connection + " subscribe [aapl]"));
    }

    @Test
    void shouldLogInAskOnceForWhatCarriesTheTopicsAndWriteEveryFrame() throws Exception {
        Future<Long> recording =
                recorder(5, 4, "trade/fmp:AAPL", "quote/fmp:AAPL").record();
        subscribed(1);
        feed.trade("aapl", "1.50");
        feed.send("no json at all");
        feed.send("the fifth");

        assertThat(ended(recording)).isEqualTo(4);
        assertThat(Files.readAllLines(file()))
                .containsExactly(
                        LOGIN, SUBSCRIBED, "{\"s\":\"aapl\",\"type\":\"T\",\"lp\":1.50,\"ls\":1}", "no json at all");
        assertThat(feed.log).contains("1 login made-up-key");
    }

    @Test
    void shouldHoldBytesAndLineBreaksAndNoSecret() throws Exception {
        Future<Long> recording = recorder(5, 5, "trade/fmp:AAPL").record();
        subscribed(1);
        byte[] bytes = {0, (byte) 0xff, '\n'};
        feed.sockets.get(0).writeBinaryMessage(Buffer.buffer(bytes)).onFailure(cause -> {});
        feed.send("two\nlines");
        feed.send("you are made-up-key!");

        ended(recording);

        List<String> lines = Files.readAllLines(file());
        assertThat(CaptureLine.frame(lines.get(2))).isEqualTo(bytes);
        assertThat(CaptureLine.frame(lines.get(3))).isEqualTo("two\nlines".getBytes(StandardCharsets.UTF_8));
        assertThat(lines.get(4)).isEqualTo("you are ***********!");
    }

    @Test
    void shouldGoOnAfterALostConnectionUntilItIsStopped() throws Exception {
        Recorder recorder = recorder(5, 0, "trade/fmp:AAPL");
        Future<Long> recording = recorder.record();
        subscribed(1);
        feed.hangUp();
        subscribed(2);
        feed.trade("aapl", "2");
        await().until(() -> Files.size(file()) > 2L * (LOGIN.length() + SUBSCRIBED.length() + 2));

        assertThat(ended(recorder.stop())).isEqualTo(5);
        assertThat(recording.succeeded()).isTrue();
        assertThat(Files.readAllLines(file()).get(4)).contains("\"lp\":2");
        assertThat(said).hasSize(3).first().isEqualTo("connected to fmp");
        await().until(() -> feed.saw("2 closed 1000"));
    }

    @Test
    void shouldEndWithTheReasonWhenTheProviderRefusesAndLeaveNoEmptyFile() throws Exception {
        feed.upgradeStatus = 401;

        Future<Long> recording = recorder(5, 0, "trade/fmp:AAPL").record();

        assertThatThrownBy(() -> ended(recording))
                .hasMessageEndingWith(
                        "the provider refuses the login: HTTP 401; check the key and what its plan allows");
        assertThat(file()).doesNotExist();
    }

    @Test
    void shouldKeepWhatCameBeforeARefusal() throws Exception {
        feed.loginReply = "{\"event\":\"login\",\"status\":401,\"message\":\"not with made-up-key\"}";

        Future<Long> recording = recorder(5, 0, "trade/fmp:AAPL").record();

        assertThatThrownBy(() -> ended(recording))
                .hasMessageContaining("401 not with ***")
                .hasMessageNotContaining("made-up-key");
        assertThat(Files.readAllLines(file())).singleElement().asString().contains("not with ***********");
    }

    @Test
    void shouldOverwriteNothing() throws Exception {
        Files.writeString(file(), "precious");

        Future<Long> recording = recorder(5, 0, "trade/fmp:AAPL").record();

        assertThatThrownBy(() -> ended(recording))
                .hasMessageEndingWith(file() + " is already there, and nothing is overwritten");
        assertThat(file()).hasContent("precious");
        assertThat(feed.log).isEmpty();
    }

    @Test
    void shouldSayWhenTopicsNeedMoreThanAConnectionHas() throws Exception {
        Future<Long> recording =
                recorder(1, 0, "trade/fmp:AAPL", "trade/fmp:MSFT").record();

        assertThatThrownBy(() -> ended(recording))
                .hasMessageEndingWith("feed fmp has 1 slots in a connection, these topics need 2");
        assertThat(file()).doesNotExist();
    }
}
