package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpbitSessionTest {
    private static final String LIST = "[{\"ticket\":\"t-9\"},{\"method\":\"LIST_SUBSCRIPTIONS\"}";
    private static final String UP = "{\"status\":\"UP\"}";

    private final UpbitBench bench = new UpbitBench();
    private final UpbitBench.Client client = bench.connect();

    private static List<String> codes(List<JsonObject> frames) {
        return frames.stream()
                .map(each -> each.getString("type") + ' ' + each.getString("code"))
                .distinct()
                .toList();
    }

    @Test
    void shouldSayNothingBeforeTheFirstMessage() {
        bench.pass(60_000);

        assertThat(client.heard()).isEmpty();
    }

    @Test
    void shouldSendASnapshotPerCodeInTheOrderOfTheRequestAndThenEvents() {
        client.say("[{\"ticket\":\"t\"},{\"type\":\"trade\",\"codes\":[\"KRW-ETH\",\"KRW-BTC\"]},"
                + "{\"type\":\"ticker\",\"codes\":[\"BTC-ETH\"]}]");

        List<JsonObject> snapshots = client.heardObjects();
        assertThat(codes(snapshots)).containsExactly("trade KRW-ETH", "trade KRW-BTC", "ticker BTC-ETH");
        assertThat(snapshots).allMatch(each -> each.getString("stream_type").equals("SNAPSHOT"));
        bench.pass(1_000);
        List<JsonObject> events = client.heardObjects();
        assertThat(events)
                .hasSize(12)
                .allMatch(each -> each.getString("stream_type").equals("REALTIME"));
        assertThat(client.wire.texts).isEmpty();
        assertThat(client.wire.binaries).hasSize(15).containsOnly(WsFrames.BINARY);
    }

    @Test
    void shouldNotTellTheEventOfTheSnapshotAgain() {
        bench.now += 7;
        client.say(UpbitBench.subscribe("trade", "KRW-BTC"));
        bench.pass(2_000);

        assertThat(client.heardObjects())
                .hasSize(9)
                .extracting(each -> each.getLong("sequential_id"))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldObeyBothFlags() {
        client.say("[{\"ticket\":\"t\"},{\"type\":\"trade\",\"codes\":[\"KRW-ETH\"],\"is_only_realtime\":true},"
                + "{\"type\":\"ticker\",\"codes\":[\"KRW-BTC\"],\"isOnlySnapshot\":true}]");

        assertThat(codes(client.heardObjects())).containsExactly("ticker KRW-BTC");
        bench.pass(1_000);
        assertThat(codes(client.heardObjects())).containsExactly("trade KRW-ETH");
    }

    @Test
    void shouldReplaceEverythingByEachRequest() {
        client.say(UpbitBench.subscribe("trade", "KRW-ETH", "KRW-BTC"));
        bench.pass(1_000);
        client.heard();
        bench.now += 250;
        client.say(UpbitBench.subscribe("ticker", "KRW-BTC"));

        List<JsonObject> around = client.heardObjects();
        int first = around.indexOf(around.stream()
                .filter(each -> each.getString("type").equals("ticker"))
                .findFirst()
                .orElseThrow());
        assertThat(codes(around.subList(first, around.size()))).containsExactly("ticker KRW-BTC");
        bench.pass(2_000);
        assertThat(codes(client.heardObjects())).containsExactly("ticker KRW-BTC");
        assertThat(client.record().tickers()).containsExactly("ticker:KRW-BTC");
    }

    @Test
    void shouldEndAllStreamsByARequestForASnapshot() {
        client.say(UpbitBench.subscribe("trade", "KRW-ETH"));
        client.say("[{\"ticket\":\"t\"},{\"type\":\"ticker\",\"codes\":[\"KRW-BTC\"],\"is_only_snapshot\":true}]");
        client.heard();
        bench.pass(2_000);

        assertThat(client.heard()).isEmpty();
    }

    @Test
    void shouldSendASnapshotAgainOnlyWhereToldTo() {
        client.say(UpbitBench.subscribe("trade", "KRW-ETH"));
        client.say(UpbitBench.subscribe("trade", "KRW-ETH", "KRW-BTC"));
        assertThat(codes(client.heardObjects().subList(1, 3))).containsExactly("trade KRW-ETH", "trade KRW-BTC");
        bench.change("resend_snapshots", false);

        client.say(UpbitBench.subscribe("trade", "KRW-ETH", "KRW-SOL"));

        assertThat(codes(client.heardObjects())).containsExactly("trade KRW-SOL");
    }

    @Test
    void shouldStaySilentAboutWhatDoesNotExist() {
        client.say("[{\"ticket\":\"t\"},{\"type\":\"orderbook\",\"codes\":[\"KRW-BTC\"],\"level\":7},"
                + "{\"type\":\"orderbook\",\"codes\":[\"BTC-ETH\"],\"level\":1},"
                + "{\"type\":\"ticker\",\"codes\":[\"krw-btc\",\"KRW-NOPE\",\"BTC-KRW\",\"KRW-BTC.5\"]}]");
        bench.pass(1_000);

        assertThat(client.heard()).isEmpty();
    }

    @Test
    void shouldKeepStreamsAndConnectionOverAnError() {
        client.say(UpbitBench.subscribe("trade", "KRW-ETH"));
        client.heard();
        client.say("[{\"ticket\":\"t\"}]");

        assertThat(client.heard())
                .containsExactly("{\"error\":{\"name\":\"NO_TYPE\",\"message\":\"type field not exists.\"}}");
        bench.pass(1_000);
        assertThat(codes(client.heardObjects())).containsExactly("trade KRW-ETH");
    }

    @Test
    void shouldClearOrCloseOverAnErrorWhereToldTo() {
        bench.change("error_clears", true);
        client.say(UpbitBench.subscribe("trade", "KRW-ETH")).say("nonsense");
        client.heard();
        bench.pass(1_000);
        assertThat(client.heard()).isEmpty();
        bench.change("error_closes", true);

        client.say("nonsense");

        assertThat(client.wire.dropped).isTrue();
    }

    @Test
    void shouldWriteEachFormat() {
        client.say(UpbitBench.request("trade", "SIMPLE", "KRW-ETH"));
        assertThat(new JsonObject(client.heard().get(0)).getMap())
                .containsEntry("cd", "KRW-ETH")
                .doesNotContainKey("code");
        client.say(UpbitBench.request("trade", "JSON_LIST", "KRW-ETH"));
        assertThat(new JsonArray(client.heard().get(0)).getJsonObject(0).getMap())
                .containsEntry("code", "KRW-ETH");
        client.say(UpbitBench.request("trade", "SIMPLE_LIST", "KRW-ETH"));
        client.heard();
        bench.pass(1_000);

        assertThat(client.heard()).hasSize(4).allSatisfy(each -> {
            JsonArray list = new JsonArray(each);
            assertThat(list.size()).isEqualTo(1);
            assertThat(list.getJsonObject(0).getMap()).containsEntry("st", "REALTIME");
        });
    }

    @Test
    void shouldGatherEventsInAListWhereToldTo() {
        bench.change("list_batch", 3);
        client.say(UpbitBench.request("trade", "JSON_LIST", "KRW-ETH", "KRW-BTC", "KRW-SOL", "KRW-XRP"));

        assertThat(client.heard())
                .extracting(each -> new JsonArray(each).size())
                .containsExactly(3, 1);
    }

    @Test
    void shouldListSubscriptionsAndTakeOverTheFormatOfTheQuestion() {
        client.say("[{\"ticket\":\"t\"},{\"type\":\"trade\",\"codes\":[\"KRW-ETH\"]},"
                + "{\"type\":\"orderbook\",\"codes\":[\"KRW-BTC.5\"],\"level\":10000},{\"format\":\"SIMPLE\"}]");
        client.heard();

        client.say(LIST + ",{\"format\":\"SIMPLE\"}]");
        assertThat(client.heard())
                .containsExactly("{\"mthd\":\"LIST_SUBSCRIPTIONS\",\"rslt\":[{\"ty\":\"trade\",\"cds\":[\"KRW-ETH\"]},"
                        + "{\"ty\":\"orderbook\",\"cds\":[\"KRW-BTC.5\"],\"lv\":10000}],\"tckt\":\"t-9\"}");
        client.say(LIST + "]");
        assertThat(client.heard().get(0)).startsWith("{\"method\":\"LIST_SUBSCRIPTIONS\",\"result\":[{\"type\":");
        bench.pass(1_000);
        assertThat(codes(client.heardObjects())).containsExactlyInAnyOrder("trade KRW-ETH", "orderbook KRW-BTC");
    }

    @Test
    void shouldListNothing() {
        client.say(LIST + "]");

        assertThat(client.heard())
                .containsExactly("{\"method\":\"LIST_SUBSCRIPTIONS\",\"result\":[],\"ticket\":\"t-9\"}");
    }

    @Test
    void shouldAnswerATextPingAtOnceAndThenEveryTenSeconds() {
        client.say("PING");
        assertThat(client.heard()).containsExactly(UP);
        bench.pass(9_990);
        assertThat(client.heard()).isEmpty();
        bench.pass(10);
        assertThat(client.heard()).containsExactly(UP);
        client.say("PING");
        bench.pass(300_000);
        assertThat(client.heard()).hasSize(31).containsOnly(UP);
    }

    @Test
    void shouldAnswerATextPingOnceWhereToldTo() {
        bench.change("status_once", true);
        client.say("PING");
        bench.pass(60_000);

        assertThat(client.heard()).containsExactly(UP);
    }

    @Test
    void shouldNotCountPings() {
        for (int i = 0; i < 20; i++) {
            client.say("PING");
        }

        assertThat(client.wire.dropped).isFalse();
    }

    @Test
    void shouldCutAConnectionThatAsksSixTimesInASecond() {
        for (int i = 0; i < 5; i++) {
            client.say(LIST + "]");
        }
        assertThat(client.wire.dropped).isFalse();

        client.say(LIST + "]");

        assertThat(client.wire.dropped).isTrue();
        assertThat(client.wire.closeCode).isZero();
        assertThat(client.record().closeReason()).isEqualTo("too many messages");
    }

    @Test
    void shouldCutAConnectionThatAsksMoreThanAHundredTimesInAMinute() {
        for (int i = 0; i < 100; i++) {
            client.say(LIST + "]");
            bench.pass(500);
        }
        assertThat(client.wire.dropped).isFalse();

        client.say(LIST + "]");

        assertThat(client.wire.dropped).isTrue();
    }

    @Test
    void shouldCountForTheAddressAndOnlyTellOrDropWhereToldTo() {
        bench.change("message_scope", "ip");
        bench.change("over_limit", "error");
        UpbitBench.Client other = bench.connect();
        for (int i = 0; i < 5; i++) {
            client.say(LIST + "]");
        }
        other.say(LIST + "]");
        assertThat(other.heard().get(0)).startsWith("{\"error\":{\"name\":\"TOO_MANY_REQUESTS\"");
        bench.change("over_limit", "drop");

        other.say(LIST + "]");

        assertThat(other.heard()).isEmpty();
        assertThat(other.wire.dropped).isFalse();
    }

    @Test
    void shouldCutAnIdleConnectionWithoutACloseFrame() {
        bench.pass(60_000);
        client.session.onPing(bench.now);
        bench.pass(119_990);
        assertThat(client.wire.dropped).isFalse();
        bench.pass(10);

        assertThat(client.wire.dropped).isTrue();
        assertThat(client.wire.closeCode).isZero();
        assertThat(client.record().closeReason()).isEqualTo("idle");
    }

    @Test
    void shouldTakeItsOwnFramesForALifeSign() {
        client.say(UpbitBench.subscribe("trade", "KRW-ETH"));
        bench.pass(200_000);

        assertThat(client.wire.dropped).isFalse();
    }

    @Test
    void shouldNotServePublicTypesOnThePrivatePathUnlessToldTo() {
        UpbitBench.Client mine = bench.connectPrivately();
        mine.say(UpbitBench.subscribe("trade", "KRW-ETH"));
        assertThat(mine.heard().get(0)).contains("type trade is not supported.");
        bench.change("public_on_private", true);

        mine.say(UpbitBench.subscribe("trade", "KRW-ETH"));

        assertThat(codes(mine.heardObjects())).containsExactly("trade KRW-ETH");
    }

    @Test
    void shouldRefusePrivateTypesOnThePublicPath() {
        client.say("[{\"ticket\":\"t\"},{\"type\":\"myOrder\"}]");

        assertThat(client.heard().get(0)).startsWith("{\"error\":{\"name\":\"INVALID_AUTH\"");
    }

    @Test
    void shouldTellOrdersAndAssetsToWhoAskedForThem() {
        UpbitBench.Client mine = bench.connectPrivately();
        mine.say("[{\"ticket\":\"t\"},{\"type\":\"myOrder\",\"codes\":[\"KRW-BTC\"]},{\"type\":\"myAsset\"},"
                + "{\"format\":\"SIMPLE\"}]");
        assertThat(mine.heard()).isEmpty();

        bench.fault("my-order", "{\"code\":\"KRW-ETH\"}");
        bench.fault("my-order", "{\"code\":\"KRW-BTC\",\"state\":\"trade\",\"volume\":\"2\",\"executed\":\"0.5\"}");
        bench.fault("my-asset", "{\"currency\":\"BTC\",\"balance\":\"1.123456789012345678\"}");

        List<JsonObject> events = mine.heardObjects();
        assertThat(events).hasSize(2);
        assertThat(events.get(0).getMap())
                .containsEntry("ty", "myOrder")
                .containsEntry("rv", 1.5)
                .containsEntry("s", "trade");
        assertThat(events.get(1).getJsonArray("ast").encode()).contains("\"cu\":\"BTC\"");
        assertThat(client.heard()).isEmpty();
    }
}
