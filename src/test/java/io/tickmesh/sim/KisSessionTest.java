package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The registration rules of the protocol notes, in their order. */
class KisSessionTest {
    private final KisBench bench = new KisBench(KisSimSettings.DEFAULTS.with("app_keys", List.of("sim-app-key")));
    private final String approval = bench.approval();

    private KisBench.Client client() {
        return bench.connect();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nonsense                                                                                       | OPSP9999
            {"body":{}}                                                                                    | OPSP9998
            {"header":{}}                                                                                  | OPSP9992
            {"header":{},"body":{}}                                                                        | OPSP9991
            {"header":{},"body":{"input":{}}}                                                              | OPSP9990
            {"header":{},"body":{"input":{"tr_key":"005930"}}}                                             | OPSP9997
            {"header":{"custtype":"X","tr_type":"0"},"body":{"input":{"tr_key":"005930"}}}                 | OPSP8997
            {"header":{"custtype":"X","tr_type":"1"},"body":{"input":{"tr_key":"005930"}}}                 | OPSP8998
            {"header":{"custtype":"P","tr_type":"1","approval_key":"guess"},"body":{"input":{"tr_key":"x"}}} | OPSP0011
            """)
    void shouldRefuseInOrderAndStayOpen(String text, String code) {
        KisBench.Client client = client().say(text);

        assertThat(client.codes()).containsExactly(code);
        assertThat(client.wire.dropped).isFalse();
        if (!code.equals("OPSP0011")) {
            assertThat(new JsonObject(client.wire.last())
                            .getJsonObject("header")
                            .getString("tr_id"))
                    .isEqualTo("(null)");
        }
    }

    @Test
    void shouldAnswerRegistrationsInOrderWithKeysAndTheCodesOfTheNotes() {
        KisBench.Client client = client().ask(approval, "1", "H0XXXXX0", "005930")
                .ask(approval, "1", "H0STCNT0", "999999")
                .ask(approval, "2", "H0STCNT0", "005930")
                .ask(approval, "1", "H0STCNT0", "005930")
                .ask(approval, "1", "H0STCNT0", "005930")
                .ask(approval, "2", "H0STCNT0", "005930");

        assertThat(client.codes())
                .containsExactly("OPSP8991", "OPSP8992", "OPSP0003", "OPSP0000", "OPSP0002", "OPSP0001");
        JsonObject output = new JsonObject(client.wire.texts.stream()
                        .filter(each -> each.contains("OPSP0000"))
                        .findFirst()
                        .orElseThrow())
                .getJsonObject("body")
                .getJsonObject("output");
        assertThat(output.getString("key")).hasSize(32);
        assertThat(output.getString("iv")).hasSize(16);
    }

    @Test
    void shouldRefuseThe42ndRegistration() {
        KisBench.Client client = client();
        for (int i = 0; i < 42; i++) {
            client.ask(approval, "1", i < 21 ? "H0STCNT0" : "H0STASP0", "" + (100_000 + 10 * i));
        }

        assertThat(client.codes()).hasSize(42);
        assertThat(client.codes().subList(0, 41)).containsOnly("OPSP0000");
        assertThat(client.codes().get(41)).isEqualTo("OPSP0008");
    }

    @Test
    void shouldRefuseAndCloseASecondSessionAndHoldTheSlotAfterTheFirst() {
        KisBench.Client first = client().ask(approval, "1", "H0STCNT0", "005930");
        KisBench.Client second = client().ask(approval, "1", "H0STCNT0", "005930");
        assertThat(second.codes()).containsExactly("OPSP8996");
        assertThat(second.wire.dropped).isTrue();
        assertThat(first.wire.dropped).isFalse();

        first.session.ended("client gone", bench.now);
        bench.pass(4_000);
        assertThat(client().ask(approval, "1", "H0STCNT0", "005930").codes()).containsExactly("OPSP8996");
        bench.pass(1_000);
        assertThat(client().ask(approval, "1", "H0STCNT0", "005930").codes()).containsExactly("OPSP0000");
    }

    @Test
    void shouldBindAtTheFirstAcceptedRegistrationOnly() {
        client().ask(approval, "1", "H0STCNT0", "999999");

        assertThat(client().ask(approval, "1", "H0STCNT0", "005930").codes()).containsExactly("OPSP0000");
    }

    @Test
    void shouldRefuseAnExpiredApprovalKeyButKeepFeedingWhoHoldsOne() {
        KisBench.Client client = client().ask(approval, "1", "H0STCNT0", "005930");
        bench.fault("expire-tokens", "{}");
        bench.pass(2_000);
        int before = client.data().size();
        client.ask(approval, "1", "H0STASP0", "005930");
        bench.pass(2_000);

        assertThat(client.codes()).containsExactly("OPSP0000", "OPSP0011");
        assertThat(client.data().size()).isGreaterThan(before);
        assertThat(bench.approval()).isNotEqualTo(approval);
    }

    @Test
    void shouldDropWhoNamesAnUnknownHtsId() {
        KisBench.Client client = client().ask(approval, "1", "H0STCNI0", "nobody");

        assertThat(client.wire.dropped).isTrue();
        assertThat(client.wire.texts).isEmpty();
    }

    @Test
    void shouldKnowOnlyTheChannelsOfItsProfile() {
        bench.change("profile", "mock");
        KisBench.Client client = client().ask(approval, "1", "H0UNCNT0", "005930")
                .ask(approval, "1", "HDFSCNT0", "DNASAAPL")
                .ask(approval, "1", "H0STCNI0", "sim-hts")
                .ask(approval, "1", "H0STCNI9", "sim-hts");

        assertThat(client.codes()).containsExactly("OPSP8991", "OPSP8991", "OPSP8991", "OPSP0000");
    }

    @Test
    void shouldSendPingPongWhenIdleAndCutWhoDoesNotAnswer() {
        KisBench.Client client = client();
        bench.pass(10_020);
        assertThat(client.wire.last()).startsWith("{\"header\":{\"tr_id\":\"PINGPONG\",\"datetime\":\"20");
        client.say(client.wire.last());
        bench.pass(20_000);
        client.session.onPong(client.wire.last().getBytes(StandardCharsets.UTF_8), bench.now);
        bench.pass(100_000);
        assertThat(client.wire.dropped).isFalse();
        bench.pass(20_000);

        assertThat(client.wire.dropped).isTrue();
    }

    @Test
    void shouldNotPingWhileDataFlows() {
        KisBench.Client client = client().ask(approval, "1", "H0STCNT0", "005930");
        bench.pass(30_000);

        assertThat(client.wire.texts).noneMatch(each -> each.contains("PINGPONG"));
    }

    @Test
    void shouldStopTheFeedAtAMalformedPingPong() {
        KisBench.Client client = client().ask(approval, "1", "H0STCNT0", "005930");
        client.say("{\"header\":{\"tr_id\":\"PINGPONG\"");
        int before = client.data().size();
        bench.pass(5_000);

        assertThat(client.codes()).containsExactly("OPSP0000", "OPSP8993");
        assertThat(client.data()).hasSize(before);
    }

    @Test
    void shouldDropAtAnUnsolicitedPongWhereSwitchedOn() {
        KisBench.Client client = client();
        client.session.onPong(new byte[0], bench.now);
        assertThat(client.wire.dropped).isFalse();
        bench.change("drop_on_unsolicited_pong", true);
        client.session.onPong(new byte[0], bench.now);

        assertThat(client.wire.dropped).isTrue();
    }

    @Test
    void shouldShutOutWhoConnectsTooOften() {
        HttpCall upgrade = KisBench.call("GET", "/", Map.of(), Map.of(), "");
        for (int i = 0; i < 10; i++) {
            assertThat(bench.exchange.refusal(upgrade, bench.now)).isNull();
        }
        assertThat(bench.exchange.refusal(upgrade, bench.now)).isNotNull();
        assertThat(bench.exchange.refusal(upgrade, bench.now + 59_999)).isNotNull();
        assertThat(bench.exchange.refusal(upgrade, bench.now + 60_000)).isNull();
    }
}
