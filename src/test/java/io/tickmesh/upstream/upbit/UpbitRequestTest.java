package io.tickmesh.upstream.upbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.upstream.RecordedEvents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one connection asks for over its life: every request holds the whole. */
class UpbitRequestTest {
    private static final String TRADE_SNAPSHOT = "{\"ty\":\"trade\",\"cd\":\"KRW-BTC\",\"tp\":1,\"st\":\"SNAPSHOT\"}";
    private static final String TICKER = "{\"ty\":\"ticker\",\"cd\":\"KRW-BTC\",\"tp\":1,\"st\":\"SNAPSHOT\"}";
    private static final String REFUSED = "{\"error\":{\"name\":\"INVALID_PARAM\",\"message\":\"no\"}}";

    private final UpbitProtocol protocol = new UpbitProtocol("t-1", false);
    private final UpbitProtocol ofAccount = new UpbitProtocol("t-2", true);
    private final RecordedEvents events = new RecordedEvents();

    private void decode(UpbitProtocol by, String frame) {
        byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
        by.decode(bytes, bytes.length, Captures.NOW, events);
    }

    private static String request(String types) {
        return "[{\"ticket\":\"t-1\"}," + types.replace('\'', '"') + ",{\"format\":\"SIMPLE\"}]";
    }

    @Test
    void shouldAskForTypesWithTheirMarkets() {
        assertThat(protocol.subscribe(List.of(
                        "trade|KRW-BTC",
                        "ticker|KRW-BTC",
                        "trade|KRW-ETH",
                        "orderbook.5|KRW-BTC",
                        "candle.1m|KRW-BTC")))
                .isEqualTo(request("{'type':'trade','codes':['KRW-BTC','KRW-ETH']},"
                        + "{'type':'ticker','codes':['KRW-BTC']},"
                        + "{'type':'orderbook','codes':['KRW-BTC.5']},"
                        + "{'type':'candle.1m','codes':['KRW-BTC']}"));
    }

    @Test
    void shouldRepeatWhatGoesOnWithoutASecondSnapshot() {
        protocol.subscribe(List.of("trade|KRW-BTC", "ticker|KRW-BTC"));

        assertThat(protocol.subscribe(List.of("trade|KRW-ETH", "trade|KRW-BTC")))
                .isEqualTo(request("{'type':'trade','codes':['KRW-ETH']},"
                        + "{'type':'trade','codes':['KRW-BTC'],'is_only_realtime':true},"
                        + "{'type':'ticker','codes':['KRW-BTC'],'is_only_realtime':true}"));
        assertThat(protocol.unsubscribe(List.of("trade|KRW-BTC")))
                .isEqualTo(request("{'type':'ticker','codes':['KRW-BTC'],'is_only_realtime':true},"
                        + "{'type':'trade','codes':['KRW-ETH'],'is_only_realtime':true}"));
    }

    @Test
    void shouldAskForEachBookOnceAtItsStrongestDepth() {
        assertThat(protocol.subscribe(List.of("orderbook.1|KRW-BTC", "orderbook.15|KRW-BTC", "orderbook.5|KRW-ETH")))
                .isEqualTo(request("{'type':'orderbook','codes':['KRW-BTC.15','KRW-ETH.5']}"));
        assertThat(protocol.subscribe(List.of("orderbook.5|KRW-BTC", "orderbook.30|KRW-ETH")))
                .isEqualTo(request("{'type':'orderbook','codes':['KRW-ETH.30']},"
                        + "{'type':'orderbook','codes':['KRW-BTC.15'],'is_only_realtime':true}"));
        assertThat(protocol.unsubscribe(List.of("orderbook.30|KRW-ETH")))
                .isEqualTo(request("{'type':'orderbook','codes':['KRW-BTC.15','KRW-ETH.5'],'is_only_realtime':true}"));
    }

    @Test
    void shouldAskForEachLevelOfABookByAnObjectOfItsOwn() {
        assertThat(protocol.subscribe(List.of(
                        "orderbook.15.10000|KRW-BTC",
                        "orderbook.5|KRW-BTC",
                        "orderbook.30.0.1|KRW-DOGE",
                        "orderbook.5.10000|KRW-BTC",
                        "orderbook.5.10000|KRW-ETH")))
                .isEqualTo(request("{'type':'orderbook','codes':['KRW-BTC.15','KRW-ETH.5'],'level':10000},"
                        + "{'type':'orderbook','codes':['KRW-BTC.5']},"
                        + "{'type':'orderbook','codes':['KRW-DOGE.30'],'level':0.1}"));
        String realtime = ",'is_only_realtime':true},";
        assertThat(protocol.subscribe(List.of("orderbook.15|KRW-BTC", "orderbook.1.0.00001|KRW-SHIB")))
                .isEqualTo(request("{'type':'orderbook','codes':['KRW-BTC.15','KRW-ETH.5'],'level':10000" + realtime
                        + "{'type':'orderbook','codes':['KRW-BTC.15']},"
                        + "{'type':'orderbook','codes':['KRW-DOGE.30'],'level':0.1" + realtime
                        + "{'type':'orderbook','codes':['KRW-SHIB.1'],'level':0.00001}"));
        assertThat(protocol.unsubscribe(List.of(
                        "orderbook.15.10000|KRW-BTC",
                        "orderbook.5|KRW-BTC",
                        "orderbook.15|KRW-BTC",
                        "orderbook.30.0.1|KRW-DOGE",
                        "orderbook.1.0.00001|KRW-SHIB")))
                .isEqualTo(request("{'type':'orderbook','codes':['KRW-BTC.5','KRW-ETH.5'],'level':10000,"
                        + "'is_only_realtime':true}"));
    }

    @Test
    void shouldNotTakeTheSnapshotOfOneLevelForTheAnswerOfAnother() {
        String snapshot = "{\"ty\":\"orderbook\",\"cd\":\"KRW-BTC\",\"obu\":[{\"ap\":2,\"as\":1}],"
                + "\"lv\":%s,\"st\":\"SNAPSHOT\"}";
        protocol.subscribe(List.of("orderbook.5|KRW-BTC"));
        decode(protocol, snapshot.formatted("0"));
        protocol.subscribe(List.of("orderbook.5.10000|KRW-BTC"));
        decode(protocol, snapshot.formatted("0"));
        decode(protocol, REFUSED);
        assertThat(events.last()).isEqualTo("refused SUBSCRIBE: INVALID_PARAM: no");

        protocol.subscribe(List.of("orderbook.5.10000|KRW-BTC"));
        decode(protocol, snapshot.formatted("10000.0"));
        decode(protocol, REFUSED);
        assertThat(events.last()).isEqualTo("login refused TEMPORARY: INVALID_PARAM: no");
    }

    @Test
    void shouldTakeBackWhatWasRefused() {
        protocol.subscribe(List.of("trade|KRW-BTC"));
        decode(protocol, TRADE_SNAPSHOT);
        protocol.subscribe(List.of("trade|KRW-BTC", "trade|KRW-ETH"));
        decode(protocol, REFUSED);

        assertThat(events.last()).isEqualTo("refused SUBSCRIBE: INVALID_PARAM: no");
        assertThat(protocol.subscribe(List.of("ticker|KRW-BTC")))
                .isEqualTo(request("{'type':'trade','codes':['KRW-BTC'],'is_only_realtime':true},"
                        + "{'type':'ticker','codes':['KRW-BTC']}"));
    }

    @Test
    void shouldNotRepeatWhatWasDroppedThoughTheDropWasRefused() {
        protocol.subscribe(List.of("trade|KRW-BTC", "trade|KRW-ETH"));
        protocol.unsubscribe(List.of("trade|KRW-ETH"));
        decode(protocol, REFUSED);

        assertThat(events.last()).isEqualTo("refused UNSUBSCRIBE: INVALID_PARAM: no");
        assertThat(protocol.subscribe(List.of("trade|KRW-XRP")))
                .isEqualTo(request("{'type':'trade','codes':['KRW-XRP']},"
                        + "{'type':'trade','codes':['KRW-BTC'],'is_only_realtime':true}"));
    }

    @Test
    void shouldEndTheSessionOnAnErrorThatNoRequestExplains() {
        protocol.subscribe(List.of("trade|KRW-BTC"));
        decode(protocol, TRADE_SNAPSHOT);
        decode(protocol, REFUSED);

        assertThat(events.last()).isEqualTo("login refused TEMPORARY: INVALID_PARAM: no");
    }

    @Test
    void shouldNotTakeALateSnapshotForTheAnswerToTheNextRequest() {
        protocol.subscribe(List.of("trade|KRW-BTC"));
        protocol.subscribe(List.of("candle.1m|KRW-BTC"));
        decode(protocol, TRADE_SNAPSHOT);
        decode(protocol, REFUSED);

        assertThat(events.last()).isEqualTo("refused SUBSCRIBE: INVALID_PARAM: no");
    }

    @Test
    void shouldOverwriteTheLastStreamWithASingleFrameAndIgnoreThat() {
        protocol.subscribe(List.of("trade|KRW-ETH"));

        assertThat(protocol.unsubscribe(List.of("trade|KRW-ETH")))
                .isEqualTo(request("{'type':'ticker','codes':['KRW-ETH'],'is_only_snapshot':true}"));
        decode(protocol, TICKER);
        assertThat(events.lines).containsExactly("heartbeat");
    }

    @Test
    void shouldBeginAnewAfterTheLastStreamWasDropped() {
        protocol.subscribe(List.of("trade|KRW-BTC"));
        protocol.unsubscribe(List.of("trade|KRW-BTC"));

        assertThat(protocol.subscribe(List.of("trade|KRW-BTC")))
                .isEqualTo(request("{'type':'trade','codes':['KRW-BTC']}"));
        decode(protocol, TRADE_SNAPSHOT);
        assertThat(events.last()).isEqualTo("trade KRW-BTC none 1 null null");
    }

    @Test
    void shouldAskForEverythingPrivateInLongNames() {
        assertThat(ofAccount.subscribe(List.of("private")))
                .isEqualTo(
                        "[{\"ticket\":\"t-2\"},{\"type\":\"myOrder\"},{\"type\":\"myAsset\"},{\"format\":\"DEFAULT\"}]");
        assertThat(ofAccount.unsubscribe(List.of("private")))
                .isEqualTo(
                        "[{\"ticket\":\"t-2\"},{\"type\":\"myOrder\",\"is_only_snapshot\":true},{\"format\":\"DEFAULT\"}]");
        decode(ofAccount, "{\"type\":\"myAsset\",\"assets\":[]}");
        assertThat(events.lines).containsExactly("heartbeat");
    }
}
