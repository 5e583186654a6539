package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FmpSessionTest {
    private static final String ELSEWHERE =
            "{\"event\":\"login\",\"status\":401,\"message\":\"Connected from another location\"}";

    private final Bench bench = new Bench(FmpSimSettings.DEFAULTS);

    private static String ack(String event, int status, String message) {
        return new JsonObject()
                .put("event", event)
                .put("status", status)
                .put("message", message)
                .encode();
    }

    @Test
    void shouldSayNothingAndCloseWhenNobodyLogsInFor30Seconds() {
        Bench.Client client = bench.connect(FmpAsset.STOCK);

        bench.pass(29_990);
        assertThat(client.wire.closeCode).isZero();
        bench.pass(10);

        assertThat(client.wire.texts).isEmpty();
        assertThat(client.wire.closeCode).isEqualTo(1000);
        assertThat(bench.record(client).closeReason()).isEqualTo("login timeout");
    }

    @Test
    void shouldAuthenticateAKnownKeyAndKeepTheSocketOpen() {
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK);
        bench.pass(40_000);

        assertThat(client.wire.texts.get(0)).isEqualTo(Bench.AUTHENTICATED);
        assertThat(client.wire.closeCode).isZero();
    }

    @Test
    void shouldRefuseAnUnknownKeyAndCloseASecondLater() {
        Bench.Client client = bench.connect(FmpAsset.STOCK).login("guess");
        client.login("sim-key");
        bench.pass(990);
        assertThat(client.wire.closeCode).isZero();
        bench.pass(10);

        assertThat(client.wire.texts).containsExactly(ack("login", 401, "Unauthorized"));
        assertThat(client.wire.closeCode).isEqualTo(1000);
    }

    @Test
    void shouldTellAKeyWithoutTheFeedThatItIsNotAuthorized() {
        Bench.Client client = bench.connect(FmpAsset.FOREX).login("no-feed-key");

        JsonObject answer = new JsonObject(client.wire.last());
        assertThat(answer.getInteger("status")).isEqualTo(401);
        assertThat(answer.getString("message")).startsWith("You are not authorized");
    }

    @Test
    void shouldRefuseALoginWithoutAKey() {
        Bench.Client client = bench.connect(FmpAsset.STOCK);
        client.say("{\"event\":\"login\"}");

        assertThat(client.wire.texts).containsExactly(ack("login", 401, "Unauthorized"));
    }

    @Test
    void shouldTellAndCloseTheOldSocketWhenTheSameKeyLogsInOnTheSameFeed() {
        Bench.Client old = bench.loggedIn(FmpAsset.STOCK);
        Bench.Client otherFeed = bench.loggedIn(FmpAsset.CRYPTO);
        Bench.Client young = bench.loggedIn(FmpAsset.STOCK);

        assertThat(old.wire.last()).isEqualTo(ELSEWHERE);
        assertThat(old.wire.closeCode).isEqualTo(1000);
        assertThat(otherFeed.wire.closeCode).isZero();
        assertThat(young.wire.texts).containsExactly(Bench.AUTHENTICATED);
    }

    @Test
    void shouldRefuseTheNewSocketWhereThatIsThePolicy() {
        bench.exchange.change(new JsonObject().put("second_login", "reject_new"));
        Bench.Client old = bench.loggedIn(FmpAsset.STOCK);
        Bench.Client young = bench.loggedIn(FmpAsset.STOCK);
        bench.pass(1_000);

        assertThat(young.wire.texts).containsExactly(ELSEWHERE);
        assertThat(young.wire.closeCode).isEqualTo(1000);
        assertThat(old.wire.closeCode).isZero();
    }

    @Test
    void shouldFreeTheKeyWhenItsSocketEnds() {
        bench.exchange.change(new JsonObject().put("second_login", "reject_new"));
        Bench.Client old = bench.loggedIn(FmpAsset.STOCK);
        old.session.ended("client gone", bench.now);

        assertThat(bench.loggedIn(FmpAsset.STOCK).wire.texts).containsExactly(Bench.AUTHENTICATED);
    }

    @Test
    void shouldDropControlFramesBeforeTheLogin() {
        Bench.Client client = bench.connect(FmpAsset.STOCK).change("subscribe", "aapl");
        assertThat(client.wire.texts).isEmpty();

        client.login("sim-key");
        bench.pass(2_000);

        assertThat(client.wire.texts).containsExactly(Bench.AUTHENTICATED);
    }

    @Test
    void shouldAcknowledgeTickersAsATextOrAList() {
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK);

        client.say("{\"event\":\"subscribe\",\"data\":{\"ticker\":\"aapl\"}}");
        assertThat(client.wire.last()).isEqualTo(ack("subscribe", 200, "Subscribed to aapl"));
        client.change("subscribe", "msft", "nvda");
        assertThat(client.wire.last()).isEqualTo(ack("subscribe", 200, "Subscribed to msft,nvda"));
        client.change("unsubscribe", "aapl", "msft");
        assertThat(client.wire.last()).isEqualTo(ack("unsubscribe", 200, "Unsubscribed from aapl,msft"));

        assertThat(bench.record(client).tickers()).containsExactly("nvda");
    }

    @Test
    void shouldFeedOnlyWhatIsHeld() {
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK).change("subscribe", "aapl", "msft");
        bench.pass(2_000);
        assertThat(client.wire.ticks())
                .extracting(each -> each.getString("s"))
                .containsOnly("aapl", "msft")
                .contains("aapl", "msft");

        client.change("unsubscribe", "aapl");
        client.wire.texts.clear();
        bench.pass(2_000);

        assertThat(client.wire.ticks()).extracting(each -> each.getString("s")).containsOnly("msft");
    }

    @Test
    void shouldAcknowledgeButNeverFeedWhatIsUnknownUpperCaseOrOfAnotherFeed() {
        Bench.Client client =
                bench.loggedIn(FmpAsset.STOCK).change("subscribe", "zzzq", "AAPL", "btcusd", "eurusd", "*", "");
        assertThat(client.wire.last()).contains("\"status\":200");
        bench.pass(3_000);

        assertThat(client.wire.ticks()).isEmpty();
    }

    @Test
    void shouldFoldCaseWhereSwitchedOn() {
        bench.exchange.change(new JsonObject().put("fold_case", true));
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK).change("subscribe", "AAPL");
        bench.pass(1_000);

        assertThat(client.wire.ticks()).extracting(each -> each.getString("s")).containsOnly("aapl");
    }

    @Test
    void shouldRefuseAWholeSubscribeThatExceedsTheCap() {
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK);
        String[] most = IntStream.range(0, 500).mapToObj(i -> "s" + i).toArray(String[]::new);
        client.change("subscribe", most);
        client.change("subscribe", "s0", "one-more");

        assertThat(client.wire.last()).isEqualTo(ack("subscribe", 400, "Ticker limit of 500 exceeded"));
        assertThat(bench.record(client).tickers()).hasSize(500).doesNotContain("one-more");
    }

    @Test
    void shouldRefuseTheEleventhControlMessageOfASecond() {
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK);
        for (int i = 1; i < 10; i++) {
            client.change("subscribe", "s" + i);
            assertThat(client.wire.last()).contains("\"status\":200");
        }
        client.change("subscribe", "s10");
        assertThat(client.wire.last()).isEqualTo(ack("subscribe", 429, "Too many messages"));
        assertThat(bench.record(client).tickers()).hasSize(9);

        bench.pass(1_000);
        client.change("subscribe", "s10");
        assertThat(client.wire.last()).contains("\"status\":200");
    }

    @Test
    void shouldRefuseASubscribeWithoutUsableTickers() {
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK);
        for (String data : new String[] {"{}", "{\"ticker\":7}", "{\"ticker\":[1]}", "{\"ticker\":[]}", "[]"}) {
            client.say("{\"event\":\"subscribe\",\"data\":" + data + "}");
            assertThat(client.wire.last()).isEqualTo(ack("subscribe", 400, "Invalid ticker"));
        }
    }

    @Test
    void shouldBeatEvery30SecondsFromTheLoginOn() {
        bench.pass(5_000);
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK);
        client.wire.texts.clear();

        bench.pass(29_990);
        assertThat(client.wire.texts).isEmpty();
        bench.pass(10);
        assertThat(client.wire.texts).containsExactly("{\"event\":\"heartbeat\"}");
        bench.pass(30_000);
        assertThat(client.wire.texts).hasSize(2);
    }

    @Test
    void shouldIgnoreWhatItDoesNotUnderstand() {
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK);
        client.wire.texts.clear();
        for (String text : new String[] {"{", "[1]", "7", "\"x\"", "", "{\"event\":\"dance\"}", "{\"event\":7}"}) {
            client.say(text);
        }

        assertThat(client.wire.texts).isEmpty();
        assertThat(client.wire.closeCode).isZero();
    }

    @Test
    void shouldAnswerWhatItDoesNotUnderstandWhereSwitchedOn() {
        bench.exchange.change(new JsonObject().put("error_frames", true));
        Bench.Client client = bench.connect(FmpAsset.STOCK);
        client.say("{");
        assertThat(client.wire.texts).isEmpty();
        client.login("sim-key").say("{");

        assertThat(client.wire.last()).isEqualTo(ack("error", 400, "Invalid message"));
    }

    @Test
    void shouldDelayALoginAndDropWhatComesBeforeIt() {
        bench.fault("delay-login", "{\"ms\":500}");
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK).change("subscribe", "aapl");
        bench.pass(490);
        assertThat(client.wire.texts).isEmpty();
        bench.pass(10);

        assertThat(client.wire.texts).containsExactly(Bench.AUTHENTICATED);
        assertThat(bench.record(client).tickers()).isEmpty();
    }

    @Test
    void shouldSwallowSoManyLoginRepliesAndAcks() {
        bench.fault("swallow-logins", "{\"feed\":\"stock\"}");
        bench.fault("swallow-acks", "{\"count\":2}");
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK);
        client.change("subscribe", "aapl").change("unsubscribe", "aapl");
        assertThat(client.wire.texts).isEmpty();
        client.change("subscribe", "zzz").login("sim-key");

        assertThat(client.wire.texts).containsExactly(ack("subscribe", 200, "Subscribed to zzz"), Bench.AUTHENTICATED);
    }

    @Test
    void shouldRefuseGivenSymbols() {
        bench.fault("refuse-symbols", "{\"symbols\":[\"aapl\"]}");
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK).change("subscribe", "msft", "aapl");

        assertThat(client.wire.last()).isEqualTo(ack("subscribe", 400, "Not allowed: aapl"));
        assertThat(bench.record(client).tickers()).isEmpty();
    }

    @Test
    void shouldFreezeASessionThatStillCountsAsOpen() {
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK).change("subscribe", "aapl");
        client.wire.texts.clear();
        bench.fault("half-open", "{}");
        bench.pass(31_000);

        assertThat(client.wire.frozen).isTrue();
        assertThat(client.wire.texts).isEmpty();
        assertThat(bench.record(client).isOpen()).isTrue();
        assertThat(bench.record(client).framesSkipped()).isPositive();
    }

    @Test
    void shouldSkipDataForAClientThatDoesNotTakeIt() {
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK).change("subscribe", "aapl");
        client.wire.full = true;
        bench.pass(1_000);

        assertThat(client.wire.ticks()).isEmpty();
        assertThat(bench.record(client).framesSkipped()).isEqualTo(4);
    }

    @Test
    void shouldLogControlFramesWithTheirTimeAndMaskedKeys() {
        Bench.Client client = bench.loggedIn(FmpAsset.STOCK);
        client.say("sim-key in the open");
        SessionRecord record = bench.record(client);

        assertThat(record.key()).isEqualTo("***ey");
        assertThat(record.loggedInAt()).isEqualTo(Bench.START);
        assertThat(record.controlFrames()).isEqualTo(2);
        assertThat(record.frames())
                .containsExactly(
                        new SessionRecord.ControlFrame(
                                Bench.START, "{\"event\":\"login\",\"data\":{\"apiKey\":\"***ey\"}}"),
                        new SessionRecord.ControlFrame(Bench.START, "***ey in the open"));
        assertThat(bench.exchange.sessions().toString()).doesNotContain("sim-key");
    }
}
