package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpbitFaultsTest {
    private final UpbitBench bench = new UpbitBench();
    private final UpbitBench.Client client = bench.connect();

    private List<Long> tradeIds() {
        return client.heardObjects().stream()
                .map(each -> each.getLong("sequential_id"))
                .toList();
    }

    private void subscribe() {
        client.say(UpbitBench.subscribe("trade", "KRW-BTC"));
        client.heard();
    }

    @Test
    void shouldDropResetAndClose() {
        assertThat(bench.fault("drop", "{}")).isEqualTo(1);
        UpbitBench.Client second = bench.connect();
        bench.fault("close", "{\"code\":1011,\"session\":" + second.session.id() + "}");
        UpbitBench.Client third = bench.connect();
        bench.fault("reset", "{\"path\":\"public\"}");

        assertThat(client.record().closeReason()).isEqualTo("fault: drop");
        assertThat(second.wire.closeCode).isEqualTo(1011);
        assertThat(third.record().closeReason()).isEqualTo("fault: reset");
    }

    @Test
    void shouldReachOnlyThePathNamed() {
        UpbitBench.Client mine = bench.connectPrivately();

        assertThat(bench.fault("drop", "{\"path\":\"private\"}")).isEqualTo(1);
        assertThat(mine.wire.dropped).isTrue();
        assertThat(client.wire.dropped).isFalse();
    }

    @Test
    void shouldFallSilentAndStayOpen() {
        subscribe();
        bench.fault("silent", "{}");
        client.say("PING");
        bench.pass(300_000);
        assertThat(client.heard()).isEmpty();
        assertThat(client.wire.frozen).isTrue();
        assertThat(client.wire.dropped).isFalse();

        bench.fault("silent", "{\"on\":false}");
        bench.pass(1_000);

        assertThat(client.heard()).isNotEmpty();
    }

    @Test
    void shouldStopDataOnlyWhenMuted() {
        subscribe();
        client.say("PING");
        client.heard();
        bench.fault("mute", "{}");
        client.say(UpbitBench.subscribe("trade", "KRW-ETH"));
        bench.pass(10_000);

        assertThat(client.heard()).containsExactly("{\"status\":\"UP\"}");
    }

    @Test
    void shouldSendABurstAtOnceThatTheSumsContain() {
        client.say(UpbitBench.subscribe("ticker", "KRW-BTC"));
        bench.fault("burst", "{\"events\":500}");
        List<JsonObject> burst = client.heardObjects();
        bench.pass(1_000);
        burst = new ArrayList<>(burst);
        burst.addAll(client.heardObjects());

        assertThat(burst).hasSize(505);
        for (int i = 1; i < burst.size(); i++) {
            assertThat(burst.get(i).getDouble("acc_trade_volume"))
                    .isGreaterThan(burst.get(i - 1).getDouble("acc_trade_volume"));
        }
    }

    @Test
    void shouldDuplicateReorderAndBreakTheNextFrames() {
        subscribe();
        bench.pass(5_000);
        List<Long> right = tradeIds();
        UpbitBench other = new UpbitBench();
        UpbitBench.Client sameClient = other.connect();
        sameClient.say(UpbitBench.subscribe("trade", "KRW-BTC"));
        sameClient.heard();
        other.fault("duplicate", "{\"count\":2}");
        other.pass(1_000);
        assertThat(sameClient.heardObjects().stream().map(each -> each.getLong("sequential_id")))
                .containsExactly(right.get(0), right.get(0), right.get(1), right.get(1), right.get(2), right.get(3));
        other.fault("reorder", "{\"count\":1}");
        other.pass(1_000);
        assertThat(sameClient.heardObjects().stream().map(each -> each.getLong("sequential_id")))
                .containsExactly(right.get(5), right.get(4), right.get(6), right.get(7));
        other.fault("malformed", "{\"count\":1}");
        other.pass(500);
        List<String> broken = sameClient.heard();

        assertThatThrownBy(() -> new JsonObject(broken.get(0))).isInstanceOf(DecodeException.class);
        assertThat(new JsonObject(broken.get(1)).getLong("sequential_id")).isEqualTo(right.get(9));
    }

    @Test
    void shouldDelayDataButNotItsReplacement() {
        bench.change("delay_ms", 3_000);
        client.say(UpbitBench.subscribe("trade", "KRW-BTC"));
        bench.pass(2_990);
        assertThat(client.heard()).isEmpty();
        bench.pass(10);
        assertThat(client.heard()).hasSize(1);
        client.say(UpbitBench.subscribe("trade", "KRW-ETH"));
        bench.pass(4_000);

        assertThat(client.heardObjects())
                .isNotEmpty()
                .allMatch(each -> each.getString("code").equals("KRW-ETH"));
    }

    @Test
    void shouldCloseTheMarketAndShowWhatItShowed() {
        client.say(UpbitBench.subscribe("trade", "KRW-BTC"));
        client.heard();
        bench.change("market", "closed");
        bench.pass(5_000);
        assertThat(client.heard()).isEmpty();
        client.say(UpbitBench.subscribe("trade", "KRW-BTC"));
        bench.pass(5_000);
        List<Long> shown = tradeIds();
        client.say(UpbitBench.subscribe("trade", "KRW-BTC"));

        assertThat(tradeIds()).hasSize(1).isEqualTo(shown);
    }

    @Test
    void shouldEmitExactlyWhatItIsTold() {
        bench.fault("mute", "{}");

        bench.exchange.emit(new JsonObject("{\"frames\":[\"{\\\"a\\\":\",\"x\"],\"binary\":false}"), bench.now);

        assertThat(client.wire.texts).containsExactly("{\"a\":", "x");
    }

    @Test
    void shouldRefuseWhatItDoesNotKnowAndChangeNothing() {
        assertThatThrownBy(() -> bench.fault("explode", "{}")).hasMessageContaining("unknown fault 'explode'");
        assertThatThrownBy(() -> bench.fault("drop", "{\"code\":1}")).hasMessageContaining("unknown name 'code'");
        assertThatThrownBy(() -> bench.fault("drop", "{\"session\":99}")).hasMessage("no open session 99");
        assertThatThrownBy(() -> bench.fault("close", "{\"code\":1006}")).hasMessageContaining("'code'");
        assertThatThrownBy(() -> bench.fault("my-order", "{\"price\":\"much\"}"))
                .hasMessageContaining("'price'");
        assertThatThrownBy(() -> bench.fault("my-order", "{\"executed\":\"9\"}"))
                .hasMessageContaining("'executed'");
        assertThatThrownBy(() -> bench.exchange.emit(new JsonObject(), bench.now))
                .hasMessageContaining("'frames'");

        assertThat(client.wire.dropped).isFalse();
    }

    @Test
    void shouldGoBackToTheStart() {
        bench.fault("mute", "{}");
        bench.fault("silent", "{}");
        bench.change("extra_fields", true);
        bench.exchange.reset();

        client.say(UpbitBench.subscribe("trade", "KRW-BTC"));

        assertThat(client.heard().get(0)).doesNotContain("added_without_notice");
    }

    @Test
    void shouldSkipDataForAClientThatDoesNotRead() {
        subscribe();
        client.wire.full = true;
        bench.pass(1_000);

        assertThat(client.heard()).isEmpty();
        assertThat(client.record().framesSkipped()).isEqualTo(4);
    }
}
