package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickmesh.sim.KisSimSettings;
import io.tickmesh.sim.KiwoomSimSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys that the provider does not know: clients are told what is wrong, and the provider is not asked all the time. */
final class WrongKeysTest {
    private static final JsonArray OTHERS = new JsonArray().add("another-app-key");
    private static final String PAUSE = "upstream.refused_pause=2s";
    private static final Duration WATCHED = Duration.ofSeconds(8);

    /** At 0, 2 and 6 s, for each of two kinds of token. */
    private static final long MOST_REQUESTS = 6;

    @Test
    void shouldSayThatKisRefusesTheKeyAndAskSeldom() {
        try (ProviderUnderTest kis =
                ProviderUnderTest.kis(4, KisSimSettings.DEFAULTS.with("app_keys", OTHERS), PAUSE)) {
            expectRefused(kis, "trade/kis:005930");
        }
    }

    @Test
    void shouldSayThatKiwoomRefusesTheKeyAndAskSeldom() {
        try (ProviderUnderTest kiwoom =
                ProviderUnderTest.kiwoom(4, KiwoomSimSettings.DEFAULTS.with("app_keys", OTHERS), PAUSE)) {
            expectRefused(kiwoom, "trade/kiwoom:005930");
        }
    }

    private static void expectRefused(ProviderUnderTest provider, String topic) {
        provider.start();
        long begin = System.nanoTime();
        try (SocketClient client = provider.stream(0, List.of(topic))) {
            JsonObject told = client.next(frame -> frame.getString("reason", "").contains("check the key"));
            assertThat(told.getString("state")).isEqualTo("waiting");
            assertThat(told.getString("reason"))
                    .startsWith("the provider refuses the login: token ")
                    .doesNotContain("sim-app");
            await().atMost(WATCHED.multipliedBy(2)).until(() -> System.nanoTime() - begin > WATCHED.toNanos());
        }
        long asked = provider.sim().restRequests().stream()
                .filter(each -> each.path().startsWith("/oauth2/"))
                .count();
        assertThat(asked).isBetween(1L, MOST_REQUESTS);
        assertThat(provider.sim().sessions()).isEmpty();
    }
}
