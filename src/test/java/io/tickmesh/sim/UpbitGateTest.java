package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UpbitGateTest {
    private static final String PUBLIC = "/websocket/v1";
    private static final String PRIVATE = "/websocket/v1/private";
    private static final Map<String, String> NOTHING = Map.of();
    private static final Map<String, String> ORIGIN = Map.of("Origin", "http://localhost");

    private final UpbitBench bench = new UpbitBench();

    private static Map<String, String> token() {
        return Map.of("Authorization", UpbitBench.token());
    }

    private List<Integer> knocks(int times, String path) {
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            answers.add(bench.knock(path, NOTHING));
        }
        return answers;
    }

    @Test
    void shouldKnowTwoPaths() {
        assertThat(bench.knock("/websocket/v1/", NOTHING)).isEqualTo(404);
        assertThat(bench.knock("/", NOTHING)).isEqualTo(404);
        assertThat(bench.knock(PUBLIC, NOTHING)).isEqualTo(101);
        assertThat(bench.knock(PRIVATE, token())).isEqualTo(101);
    }

    @Test
    void shouldLetInFiveInAnySecond() {
        assertThat(knocks(6, PUBLIC)).containsExactly(101, 101, 101, 101, 101, 429);
        bench.now += 999;
        assertThat(bench.knock(PUBLIC, NOTHING)).isEqualTo(429);
        bench.now += 1_000;
        assertThat(bench.knock(PUBLIC, NOTHING)).isEqualTo(101);
    }

    @Test
    void shouldBlockForLongerEachTimeWhoDoesNotStop() {
        assertThat(knocks(16, PUBLIC)).endsWith(429, 429, 418).doesNotContain(503);
        assertThat(knocks(15, PUBLIC)).containsOnly(418);
        bench.now += 9_999;
        assertThat(bench.knock(PUBLIC, NOTHING)).isEqualTo(418);
        bench.now++;
        assertThat(knocks(16, PUBLIC)).startsWith(101, 101, 101, 101, 101, 429).endsWith(429, 418);
        bench.now += 19_999;
        Reply refusal = Objects.requireNonNull(bench.exchange.refusal(bench.upgrade(PUBLIC, NOTHING), bench.now));
        assertThat(refusal.body()).contains("Blocked for 1 seconds");
        bench.now++;
        assertThat(bench.knock(PUBLIC, NOTHING)).isEqualTo(101);
    }

    @Test
    void shouldTellTheTimeOfTheBlock() {
        bench.change("block_after", 1);
        knocks(6, PUBLIC);

        Reply refusal = Objects.requireNonNull(bench.exchange.refusal(bench.upgrade(PUBLIC, NOTHING), bench.now));

        assertThat(refusal.status()).isEqualTo(418);
        assertThat(refusal.body()).contains("Blocked for 10 seconds");
    }

    @Test
    void shouldCountPrivateConnectionsForTheirKeyAndOthersForTheirAddress() {
        knocks(6, PUBLIC);

        for (int i = 0; i < 5; i++) {
            assertThat(bench.knock(PRIVATE, token())).isEqualTo(101);
        }
        assertThat(bench.knock(PRIVATE, token())).isEqualTo(429);
        assertThat(bench.knock(PRIVATE, NOTHING)).isEqualTo(429);
    }

    @Test
    void shouldLetInOneWithAnOriginInTenSeconds() {
        assertThat(bench.knock(PUBLIC, ORIGIN)).isEqualTo(101);
        bench.now += 9_999;
        assertThat(bench.knock(PUBLIC, ORIGIN)).isEqualTo(429);
        assertThat(bench.knock(PUBLIC, NOTHING)).isEqualTo(101);
        bench.now += 10_000;
        assertThat(bench.knock(PUBLIC, ORIGIN)).isEqualTo(101);
        Reply refusal = Objects.requireNonNull(bench.exchange.refusal(bench.upgrade(PUBLIC, ORIGIN), bench.now));
        assertThat(refusal.headers()).containsEntry("Remaining-Req", "group=origin; min=60; sec=0");
    }

    @Test
    void shouldShareTheOriginLimitWithRest() {
        assertThat(bench.knock(PUBLIC, ORIGIN)).isEqualTo(101);

        Reply reply = Objects.requireNonNull(
                bench.exchange.answer(bench.call("/v1/market/all", Map.of(), ORIGIN), bench.now));

        assertThat(reply.status()).isEqualTo(429);
        assertThat(bench.rest("/v1/market/all", Map.of()).status()).isEqualTo(200);
    }

    @Test
    void shouldRefuseAPrivateConnectionWithoutAGoodToken() {
        Map<String, String> used = token();
        assertThat(bench.knock(PRIVATE, used)).isEqualTo(101);

        assertThat(bench.knock(PRIVATE, used)).isEqualTo(401);
        assertThat(bench.knock(PRIVATE, NOTHING)).isEqualTo(401);
    }

    @Test
    void shouldAnswerInvalidAuthInstead() {
        bench.change("unauthorized", "error_frame");
        UpbitBench.Client client = bench.new Client(bench.upgrade(PRIVATE, NOTHING));

        client.say("[{\"ticket\":\"t\"},{\"type\":\"myAsset\"}]");

        assertThat(client.heard())
                .containsExactly("{\"error\":{\"name\":\"INVALID_AUTH\",\"message\":\"Invalid authentication.\"}}");
    }

    @Test
    void shouldRefusePrivateConnectionsBeyondTheCap() {
        bench.change("private_cap", 2);
        UpbitBench.Client first = bench.connectPrivately();
        bench.connectPrivately();

        assertThat(bench.knock(PRIVATE, token())).isEqualTo(429);
        first.session.ended("gone", bench.now);
        assertThat(bench.knock(PRIVATE, token())).isEqualTo(101);
    }

    @Test
    void shouldRefuseSoManyHandshakesAsToldTo() {
        bench.fault("refuse-handshakes", "{\"count\":2}");
        bench.fault("maintenance", "{\"count\":1}");

        assertThat(knocks(4, PUBLIC)).containsExactly(503, 429, 429, 101);
    }

    @Test
    void shouldExpireTokensAndTakeTheNextKey() {
        UpbitBench.Client client = bench.connectPrivately();
        bench.fault("expire-tokens", "{\"drop\":true}");

        assertThat(client.wire.dropped).isTrue();
        assertThat(bench.knock(PRIVATE, token())).isEqualTo(401);
        bench.exchange.change(new JsonObject("{\"keys\":[\"next-key:next-secret\"]}"));
        String next = UpbitBench.token(
                "HS512", "next-key", "next-secret", UUID.randomUUID().toString());
        assertThat(bench.knock(PRIVATE, Map.of("Authorization", next))).isEqualTo(101);
    }
}
