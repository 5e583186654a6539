package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The numbered rows of the protocol notes' section on the simulator, over real sockets. */
class FmpSimulatorTest extends SimulatorFixture {
    private static final int WITHOUT_CLOSE_FRAME = 1006;

    private int closeCode(FmpClient client) {
        return client.closed.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void shouldServeThreeFeedsAndTakeTheBarePathForStocks() {
        String root = simulator.url("stock").replace("/stock", "");
        FmpClient.loggedIn(root).subscribe("aapl", "btcusd", "eurusd").until("{\"s\":\"aapl\"");
        FmpClient crypto = FmpClient.loggedIn(simulator.url("crypto")).subscribe("aapl", "btcusd", "eurusd");
        FmpClient forex = FmpClient.loggedIn(simulator.url("forex") + "/").subscribe("aapl", "btcusd", "eurusd");
        crypto.until("{\"s\":\"btcusd\"");
        forex.until("{\"s\":\"eurusd\"");

        assertThat(crypto.texts).noneMatch(each -> each.startsWith("{\"s\":\"aapl") || each.startsWith("{\"s\":\"eur"));
        assertThat(forex.texts).noneMatch(each -> each.startsWith("{\"s\":\"aapl") || each.startsWith("{\"s\":\"btc"));
        assertThat(simulator.sessions()).extracting(SessionRecord::feed).containsExactly("stock", "crypto", "forex");
    }

    @Test
    void shouldLogInByUrlOnlyWhereSwitchedOn() {
        FmpClient ignored = FmpClient.connect(simulator.url("stock") + "?apikey=sim-key");
        ignored.login("sim-key").until("Authenticated");
        assertThat(ignored.texts).hasSize(1);
        change("url_login", true);

        FmpClient.connect(simulator.url("crypto") + "?apikey=sim-key").until("Authenticated");
        FmpClient.connect(simulator.url("forex") + "?apikey=guess").until("Unauthorized");
    }

    @Test
    void shouldCloseASocketThatDoesNotLogIn() {
        change("login_timeout_ms", 50);
        FmpClient client = FmpClient.connect(simulator.url("stock"));

        assertThat(closeCode(client)).isEqualTo(1000);
        assertThat(client.texts).isEmpty();
    }

    @Test
    void shouldCloseARefusedSocketAfterTellingIt() {
        change("refused_linger_ms", 50);
        for (String key : List.of("guess", "no-feed-key")) {
            FmpClient client = FmpClient.connect(simulator.url("stock")).login(key);
            assertThat(closeCode(client)).isEqualTo(1000);
            assertThat(client.texts)
                    .containsExactly("{\"event\":\"login\",\"status\":401,\"message\":\""
                            + (key.equals("guess") ? "Unauthorized" : "You are not authorized to access this feed")
                            + "\"}");
        }
    }

    @Test
    void shouldKickTheOldSocketOfAKey() {
        FmpClient old = FmpClient.loggedIn(simulator.url("stock"));
        FmpClient young = FmpClient.loggedIn(simulator.url("stock"));

        assertThat(closeCode(old)).isEqualTo(1000);
        assertThat(old.texts.get(1)).contains("Connected from another location");
        young.subscribe("aapl").until("\"s\":\"aapl\"");
    }

    @Test
    void shouldAnswerPings() {
        FmpClient client = FmpClient.loggedIn(simulator.url("stock"));
        client.ping("are you there");

        assertThat(client.ponged.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("are you there");
        assertThat(simulator.sessions().get(0).pings()).isEqualTo(1);
    }

    @Test
    void shouldBeat() {
        change("heartbeat_ms", 20);
        FmpClient client = FmpClient.loggedIn(simulator.url("forex"));

        client.until("{\"event\":\"heartbeat\"}");
    }

    @Test
    void shouldAnswerAClientsCloseAndLogWhoClosed() {
        FmpClient client = FmpClient.loggedIn(simulator.url("stock")).subscribe("aapl");
        client.bye();

        assertThat(closeCode(client)).isEqualTo(1000);
        await().untilAsserted(() -> {
            SessionRecord record = simulator.sessions().get(0);
            assertThat(record.isOpen()).isFalse();
            assertThat(record.closeReason()).isEqualTo("client closed with 1000");
            assertThat(record.tickers()).containsExactly("aapl");
        });
    }

    @Test
    void shouldLogASessionThatTheClientAborts() {
        FmpClient client = FmpClient.loggedIn(simulator.url("stock"));
        client.abort();

        await().untilAsserted(
                        () -> assertThat(simulator.sessions().get(0).isOpen()).isFalse());
    }

    @Test
    void shouldDropByATcpResetWithoutGoodbye() {
        FmpClient client = FmpClient.loggedIn(simulator.url("stock"));
        assertThat(fault("drop", "{\"feed\":\"stock\"}")).isEqualTo(1);

        assertThat(client.failed.orTimeout(10, TimeUnit.SECONDS).join()).hasMessageContaining("reset");
        assertThat(client.closed).isNotDone();
        assertThat(simulator.sessions()).extracting(SessionRecord::closeReason).containsExactly("fault: drop");
    }

    @Test
    void shouldDropByATcpEndWithoutGoodbye() {
        FmpClient client = FmpClient.loggedIn(simulator.url("stock"));
        fault("drop", "{\"reset\":false}");

        assertThat(closeCode(client)).isEqualTo(WITHOUT_CLOSE_FRAME);
        assertThat(client.failed).isNotDone();
    }

    @Test
    void shouldCloseWithAnyCode() {
        for (int code : new int[] {1000, 1001, 1011}) {
            FmpClient client = FmpClient.loggedIn(simulator.url("stock"));
            fault("close", "{\"code\":" + code + "}");
            assertThat(closeCode(client)).isEqualTo(code);
        }
    }

    @Test
    void shouldLeaveEvenPingsUnansweredWhenHalfOpenUntilItThaws() {
        FmpClient client = FmpClient.loggedIn(simulator.url("stock"));
        fault("half-open", "{}");
        client.ping("?");
        client.change("subscribe", "aapl");
        FmpClient other = FmpClient.loggedIn(simulator.url("crypto")).subscribe("btcusd");
        other.until("\"s\":\"btcusd\"");
        assertThat(client.ponged).isNotDone();
        assertThat(simulator.sessions().get(0).isOpen()).isTrue();
        assertThat(simulator.sessions().get(0).tickers()).isEmpty();

        fault("half-open", "{\"on\":false}");
        client.ponged.orTimeout(10, TimeUnit.SECONDS).join();
        client.until("Subscribed to aapl");
    }

    @Test
    void shouldRefuseTheNextUpgrades() {
        fault("refuse-upgrades", "{\"feed\":\"stock\",\"count\":2}");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> FmpClient.connect(simulator.url("stock")))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            refused -> assertThat(refused.getResponse().statusCode())
                                    .isEqualTo(503));
        }
        FmpClient.loggedIn(simulator.url("crypto"));
        FmpClient.loggedIn(simulator.url("stock"));
    }

    @Test
    void shouldSendBadFramesOnDemand() {
        change("quiet", true);
        FmpClient client = FmpClient.loggedIn(simulator.url("stock"));
        fault("malformed-frame", "{}");
        fault("malformed-frame", "{\"text\":\"nonsense\"}");
        fault("binary-frame", "{}");
        fault("big-frame", "{}");

        await().until(() -> client.texts.size() == 4 && client.binaries.size() == 1);
        assertThatThrownBy(() -> new JsonObject(client.texts.get(1))).isNotNull();
        assertThat(client.texts.get(2)).isEqualTo("nonsense");
        assertThat(client.texts.get(3)).hasSize(1 << 20);
        assertThat(new JsonObject(client.texts.get(3)).getString("s")).isEqualTo("aapl");
    }

    @Test
    void shouldEmitExactlyWhatItIsTold() {
        change("quiet", true);
        FmpClient stock = FmpClient.loggedIn(simulator.url("stock")).subscribe("aapl");
        FmpClient crypto = FmpClient.loggedIn(simulator.url("crypto"));
        List<String> frames = List.of("{\"s\":\"aapl\",\"t\":1,\"type\":\"T\",\"lp\":1.10}", "€", "");

        assertThat(result(simulator.emit("stock", frames))).isEqualTo(1);
        await().until(() -> stock.texts.size() == 5);
        assertThat(stock.texts.subList(2, 5)).isEqualTo(frames);
        assertThat(crypto.texts).hasSize(1);
    }

    @Test
    void shouldShowTheSamePriceOnTwoSimulatorsWithTheSameSeed() {
        FmpSimulator twin = new FmpSimulator(config(1, 20), FmpSimSettings.DEFAULTS.with("rest_per_minute", 7));
        result(vertx.deployVerticle(twin));
        assertThat(twin.settings()).isNotEqualTo(simulator.settings());
        FmpClient one = FmpClient.loggedIn(simulator.url("stock")).subscribe("aapl");
        FmpClient two = FmpClient.loggedIn(twin.url("stock")).subscribe("aapl");

        await().until(() -> one.texts.stream()
                        .filter(each -> each.startsWith("{\"s\"") && two.texts.contains(each))
                        .count()
                >= 20);
    }

    @Test
    void shouldLetGoOfItsPortAndItsSocketsWhenItStops() {
        FmpClient client = FmpClient.loggedIn(simulator.url("stock"));
        String url = simulator.url("stock");
        result(vertx.undeploy(simulator.deploymentID()));

        assertThat(closeCode(client)).isEqualTo(WITHOUT_CLOSE_FRAME);
        assertThat(simulator.sessions().get(0).closeReason()).isEqualTo("simulator stopped");
        assertThatThrownBy(() -> FmpClient.connect(url)).isNotNull();
    }

    @Test
    void shouldSkipDataForAClientThatDoesNotReadAndCutItWhenTold() throws IOException {
        try (StuckClient stuck = StuckClient.subscribed(simulator.port())) {
            await().until(() -> !simulator.sessions().get(0).tickers().isEmpty());
            fault("burst", "{\"frames\":100000}");
            await().until(() -> simulator.sessions().get(0).framesSkipped() > 0);
            fault("drop", "{}");

            assertThatThrownBy(stuck::readToTheEnd).hasMessageContaining("reset");
        }
    }

    @Test
    void shouldRefuseUpgradesThatAreNone() {
        assertThatThrownBy(() -> FmpClient.connect(simulator.url("stock").replace("/stock", "/bonds")))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(404));
        assertThat(get("/").statusCode()).isEqualTo(404);
    }
}
