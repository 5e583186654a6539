package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KiwoomFaultsTest {
    private final KiwoomBench bench = new KiwoomBench(
            KiwoomSimSettings.DEFAULTS.with("ticks_per_second", 20).with("multi_percent", 0));

    private KiwoomBench.Client registered() {
        return bench.loggedIn().register("1", List.of("005930"), "0B");
    }

    private static List<Long> volumes(KiwoomBench.Client client) {
        return client.entries("0B").stream()
                .map(each -> Long.parseLong(each.getJsonObject("values").getString("13")))
                .toList();
    }

    @Test
    void shouldCutCloseAndKickSessions() {
        KiwoomBench.Client dropped = registered();
        assertThat(bench.fault("drop", "{}")).isEqualTo(1);
        assertThat(dropped.wire.dropped).isTrue();

        KiwoomBench.Client reset = registered();
        bench.fault("reset", "{\"session\":" + reset.session.id() + "}");
        assertThat(reset.wire.dropped).isTrue();

        KiwoomBench.Client closed = registered();
        bench.fault("close", "{\"code\":1011,\"reason\":\"oops\"}");
        assertThat(closed.wire.closeCode).isEqualTo(1011);
        assertThat(closed.wire.closeReason).isEqualTo("oops");

        KiwoomBench.Client kicked = registered();
        bench.fault("kick", "{}");
        assertThat(kicked.wire.last()).contains("R10001");
        assertThat(kicked.wire.closeReason).isEqualTo("Bye");

        KiwoomBench.Client stale = registered();
        bench.fault("no-heartbeat", "{}");
        assertThat(stale.wire.last()).contains("R10002");
        bench.pass(1_000);
        assertThat(stale.frames()).isEmpty();
    }

    @Test
    void shouldMuteDataAndKeepPinging() {
        KiwoomBench.Client client = registered();
        bench.fault("mute", "{}");
        client.live(20_000);
        assertThat(client.frames()).isEmpty();
        assertThat(client.wire.texts).contains(KiwoomBench.PING);

        bench.fault("mute", "{\"on\":false}");
        client.live(1_000);
        assertThat(client.frames()).isNotEmpty();
    }

    @Test
    void shouldFallSilentAltogetherAndStayOpen() {
        KiwoomBench.Client client = registered();
        int said = client.wire.texts.size();
        bench.fault("silent", "{}");
        bench.pass(120_000);
        assertThat(client.wire.texts).hasSize(said);
        assertThat(client.wire.closeCode).isZero();
        assertThat(client.wire.frozen).isTrue();

        bench.fault("silent", "{\"on\":false}");
        client.live(20_000);

        assertThat(client.wire.texts).contains(KiwoomBench.PING);
        assertThat(client.wire.closeCode).isZero();
    }

    @Test
    void shouldStopPingsWithoutCountingMisses() {
        KiwoomBench.Client client = registered();
        bench.fault("stop-pings", "{}");
        bench.pass(120_000);

        assertThat(client.wire.texts).doesNotContain(KiwoomBench.PING);
        assertThat(client.wire.closeCode).isZero();
    }

    @Test
    void shouldBurstWithVolumesThatGoOn() {
        KiwoomBench.Client client = registered();
        client.live(1_000);
        int before = client.entries().size();
        bench.fault("burst", "{\"n\":500}");
        bench.pass(10);
        assertThat(client.entries().size()).isBetween(before + 500, before + 501);
        client.live(1_000);

        List<Long> volumes = volumes(client);
        assertThat(volumes).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void shouldSpoilTheNextDataFrames() {
        KiwoomBench.Client client = registered();
        bench.fault("malformed", "{\"count\":2}");
        client.live(1_000);
        List<String> frames = client.wire.texts.subList(2, client.wire.texts.size());

        assertThat(frames.subList(0, 2)).noneMatch(each -> each.endsWith("}"));
        assertThat(frames.subList(2, frames.size())).isNotEmpty().allMatch(each -> each.endsWith("}"));
    }

    @Test
    void shouldSendTheNextDataFramesTwice() {
        KiwoomBench.Client client = registered();
        bench.fault("duplicate", "{\"count\":2}");
        client.live(500);
        List<Long> volumes = volumes(client);

        assertThat(volumes.get(0)).isEqualTo(volumes.get(1));
        assertThat(volumes.get(2)).isEqualTo(volumes.get(3));
        assertThat(volumes.get(4)).isNotEqualTo(volumes.get(3));
    }

    @Test
    void shouldSwapTheNextDataFrames() {
        KiwoomBench.Client client = registered();
        bench.fault("reorder", "{\"count\":1}");
        client.live(500);
        List<Long> volumes = volumes(client);

        assertThat(volumes.get(0)).isGreaterThan(volumes.get(1));
        assertThat(volumes.subList(1, volumes.size())).isSorted();
        assertThat(volumes.get(2)).isGreaterThan(volumes.get(0));
    }

    @Test
    void shouldSwapAsManyDataFramesAsAsked() {
        KiwoomBench.Client client = registered();
        bench.fault("reorder", "{\"count\":2}");
        client.live(1_000);
        List<Long> volumes = volumes(client);

        assertThat(volumes.get(0)).isGreaterThan(volumes.get(1));
        assertThat(volumes.get(2)).isGreaterThan(volumes.get(3));
        assertThat(volumes.get(4)).isLessThan(volumes.get(5));
    }

    @Test
    void shouldDelayDataAndNotAnswers() {
        bench.change("delay_ms", 2_000);
        KiwoomBench.Client client = registered();
        assertThat(client.wire.last()).isEqualTo(KiwoomBench.REGISTERED);
        client.live(2_000);
        assertThat(client.frames()).isEmpty();

        client.live(500);

        assertThat(client.frames()).isNotEmpty();
    }

    @Test
    void shouldAddFieldsThatNobodyKnows() {
        bench.change("extra_fields", true);
        KiwoomBench.Client client = registered();
        client.live(500);
        JsonObject frame = client.frames().get(0);

        assertThat(frame.containsKey("seq")).isTrue();
        assertThat(client.entries().get(0).containsKey("grade")).isTrue();
        assertThat(client.entries().get(0).getJsonObject("values").containsKey("99901"))
                .isTrue();
    }

    @Test
    void shouldExpireTokensAndAcceptNewOnes() {
        KiwoomBench.Client open = registered();
        String token = bench.token();
        bench.fault("expire-tokens", "{}");
        assertThat(bench.connect().login(token).wire.texts.get(0)).contains("805004");
        assertThat(open.wire.closeCode).isZero();

        assertThat(bench.loggedIn().wire.last()).isEqualTo(KiwoomBench.LOGGED_IN);
    }

    @Test
    void shouldRefuseTheNextLoginsUpgradesAndRegistrations() {
        bench.fault("refuse-logins", "{\"count\":1}");
        assertThat(bench.loggedIn().wire.texts.get(0)).contains("805004");

        bench.fault("refuse-registrations", "{\"count\":1}");
        KiwoomBench.Client client = registered();
        assertThat(client.answer().getValue("return_code")).isEqualTo(1);
        client.register("1", List.of("005930"), "0B");
        assertThat(client.wire.last()).isEqualTo(KiwoomBench.REGISTERED);

        bench.fault("refuse-upgrades", "{\"count\":1}");
        HttpCall upgrade = KiwoomBench.call(KiwoomExchange.SOCKET, Map.of(), new JsonObject(), "10.0.0.1");
        assertThat(bench.exchange.refusal(upgrade, bench.now)).isNotNull();
        assertThat(bench.exchange.refusal(upgrade, bench.now)).isNull();
    }

    @Test
    void shouldSkipDataForASlowClientAndNeverAnswers() {
        KiwoomBench.Client client = registered();
        client.wire.full = true;
        client.live(1_000);
        client.register("2", List.of("000660"), "0B");

        assertThat(client.frames()).isEmpty();
        assertThat(client.wire.last()).isEqualTo(KiwoomBench.REGISTERED);
        assertThat(bench.record(client).framesSkipped()).isPositive();
    }

    @Test
    void shouldEmitExactlyTheseFramesToWhoIsLoggedIn() {
        KiwoomBench.Client client = registered();
        KiwoomBench.Client stranger = bench.connect();
        int reached = bench.exchange.emit(new JsonObject("{\"frames\":[\"x\",\"y\"]}"), bench.now);

        assertThat(reached).isEqualTo(1);
        assertThat(client.wire.texts).endsWith("x", "y");
        assertThat(stranger.wire.texts).isEmpty();
    }

    @Test
    void shouldNameWhatIsWrongWithAFault() {
        assertThatThrownBy(() -> bench.fault("flood", "{}")).hasMessageContaining("unknown fault 'flood'");
        assertThatThrownBy(() -> bench.fault("mute", "{\"of\":true}")).hasMessageContaining("unknown name 'of'");
        assertThatThrownBy(() -> bench.fault("close", "{\"code\":1006}")).hasMessageContaining("'code'");
        assertThatThrownBy(() -> bench.fault("drop", "{\"session\":77}")).hasMessageContaining("no open session 77");
    }

    @Test
    void shouldGoBackToTheStartOnReset() {
        KiwoomBench.Client client = registered();
        bench.change("ping_ms", 100);
        bench.fault("mute", "{}");
        bench.fault("silent", "{}");
        bench.exchange.reset();
        client.live(1_000);

        assertThat(bench.exchange.settings().session().pingMs()).isEqualTo(10_000);
        assertThat(client.frames()).isNotEmpty();
    }
}
