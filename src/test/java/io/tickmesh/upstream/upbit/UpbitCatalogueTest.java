package io.tickmesh.upstream.upbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.upstream.Access;
import io.tickmesh.upstream.FrameMutator;
import io.tickmesh.upstream.RestReply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpbitCatalogueTest {
    private static final String LIST =
            "[{\"market\":\"KRW-BTC\",\"korean_name\":\"비트코인\",\"english_name\":\"Bitcoin\"},"
                    + "{\"market_event\":{\"warning\":false,\"caution\":{\"market\":\"no\"}},\"market\":\"BTC-ETH\"},{\"market\":7}]";

    private final UpbitCatalogue catalogue = new UpbitCatalogue();

    private static RestReply reply(int status, byte[] body) {
        return new RestReply(status, Map.of(), body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://upbit.test", "https://upbit.test/v1"})
    void shouldAskForAllMarkets(String restUrl) {
        Access access = new Access(UpbitTest.feed("", restUrl, Map.of()), Map.of());

        assertThat(restUrl + catalogue.call(access).path()).isEqualTo("https://upbit.test/v1/market/all");
    }

    @Test
    void shouldReadTheCodes() {
        assertThat(catalogue.read(reply(200, bytes(LIST)))).containsExactlyInAnyOrder("KRW-BTC", "BTC-ETH");
        assertThat(catalogue.read(reply(429, bytes(LIST)))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "[{\"market\":\"KRW-BTC\"}", "[{\"market\":\"KRW-BTC\"},7]", "<html>"})
    void shouldTakeNothingElseForAList(String body) {
        assertThat(catalogue.read(reply(200, bytes(body)))).isNull();
    }

    @Test
    void shouldSurviveSpoiltLists() {
        FrameMutator mutator = new FrameMutator(List.of(LIST), 20_270_104);
        int lists = 0;
        for (int i = 0; i < FrameMutator.FRAMES / 10; i++) {
            lists += catalogue.read(reply(200, mutator.next())) == null ? 0 : 1;
        }
        assertThat(lists).isPositive();
    }
}
