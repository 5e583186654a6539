package io.tickmesh.upstream.upbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.market.Topic;
import io.tickmesh.upstream.Access;
import io.tickmesh.upstream.FrameMutator;
import io.tickmesh.upstream.RestCall;
import io.tickmesh.upstream.RestReply;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    private static String unknown(String topic, String... levels) {
        return String.valueOf(new UpbitCatalogue().unknown(Topic.parse(topic), List.of(levels)));
    }

    @Test
    void shouldAskForTheLevelsOfAllWonMarketsAHundredAtATime() {
        Access access = new Access(UpbitTest.feed("", "https://upbit.test", Map.of()), Map.of());
        Set<String> markets = new HashSet<>(Set.of("BTC-ETH", "USDT-BTC", "KRW-A B", "KRW-A&x=1"));
        IntStream.range(100, 201).forEach(i -> markets.add("KRW-" + i));

        List<RestCall> calls = catalogue.details(markets, access);

        assertThat(calls).hasSize(2);
        assertThat(calls.get(0).path())
                .startsWith("/v1/orderbook/instruments?markets=KRW-100,KRW-101,")
                .endsWith(",KRW-199")
                .hasSizeLessThan(2_000);
        assertThat(calls.get(1).path()).isEqualTo("/v1/orderbook/instruments?markets=KRW-200");
        assertThat(catalogue.details(Set.of("BTC-ETH"), access)).isEmpty();
    }

    @Test
    void shouldReadTheLevelsInTheFormOfATopic() {
        RestReply answer = reply(200, bytes(Captures.text("rest-instruments.json")));

        assertThat(catalogue.readDetails(answer))
                .containsOnly(
                        Map.entry("KRW-BTC", List.of("10000", "100000", "1000000", "10000000")),
                        Map.entry("KRW-DOGE", List.of("1", "10", "100")),
                        Map.entry("KRW-NEW", List.of()),
                        Map.entry("KRW-ODD", List.of("0.1", "100")));
        assertThat(catalogue.readDetails(reply(500, answer.body()))).isNull();
        assertThat(catalogue.readDetails(reply(200, bytes("[{\"market\":\"KRW-BTC\""))))
                .isNull();
    }

    @Test
    void shouldKeepNoMoreLevelsThanThereMayBe() {
        String levels =
                IntStream.rangeClosed(1, 1_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        String body = "[{\"market\":\"KRW-BTC\",\"supported_levels\":[" + levels + "]}]";

        assertThat(catalogue.readDetails(reply(200, bytes(body))))
                .hasEntrySatisfying("KRW-BTC", list -> assertThat(list).hasSize(30));
    }

    @Test
    void shouldNameTheLevelsThatThereAre() {
        assertThat(unknown("book.5.7/upbit:KRW-BTC", "10000", "0.1"))
                .isEqualTo("upbit groups the book of KRW-BTC by the levels 10000, 0.1, not 7");
        assertThat(unknown("book.5.7/upbit:KRW-BTC")).isEqualTo("upbit does not group the book of KRW-BTC");
        assertThat(unknown("book.5.0.1/upbit:KRW-BTC", "10000", "0.1")).isEqualTo("null");
        assertThat(unknown("book.5/upbit:KRW-BTC", "10000")).isEqualTo("null");
        assertThat(unknown("candle.1m/upbit:KRW-BTC", "10000")).isEqualTo("null");
    }

    @Test
    void shouldSurviveSpoiltLevels() {
        FrameMutator mutator = new FrameMutator(List.of(Captures.text("rest-instruments.json")), 20_270_105);
        int lists = 0;
        for (int i = 0; i < FrameMutator.FRAMES / 10; i++) {
            lists += catalogue.readDetails(reply(200, mutator.next())) == null ? 0 : 1;
        }
        assertThat(lists).isPositive();
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
