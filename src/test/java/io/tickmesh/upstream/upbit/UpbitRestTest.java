package io.tickmesh.upstream.upbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.market.Topic;
import io.tickmesh.upstream.Access;
import io.tickmesh.upstream.RecordedEvents;
import io.tickmesh.upstream.RestAdvice;
import io.tickmesh.upstream.RestCall;
import io.tickmesh.upstream.RestLanguage.Outcome;
import io.tickmesh.upstream.RestReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpbitRestTest {
    private final UpbitRest rest = new UpbitRest();
    private final RecordedEvents events = new RecordedEvents();

    private static List<Topic> topics(String... texts) {
        return Stream.of(texts).map(Topic::parse).toList();
    }

    private Outcome read(List<Topic> asked, int status, String body) {
        return rest.read(
                asked, new RestReply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8)), Captures.NOW, events);
    }

    @ParameterizedTest
    @CsvSource({
        "ticker/upbit:KRW-BTC,ticker",
        "trade/upbit:KRW-BTC,ticker",
        "book.5/upbit:KRW-BTC,orderbook",
        "quote/upbit:KRW-BTC,orderbook",
        "book.5.10000/upbit:KRW-BTC,orderbook.10000",
        "book.30.0.1/upbit:KRW-DOGE,orderbook.0.1",
        "candle.1m/upbit:KRW-BTC,''",
        "notice/upbit,''"
    })
    void shouldGroupTopicsByTheRequestThatServesThem(String topic, String group) {
        assertThat(rest.group(Topic.parse(topic))).isEqualTo(group);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://upbit.test", "https://upbit.test/v1"})
    void shouldAskForManyMarketsAtOnceAndForEachOnce(String restUrl) {
        Access access = new Access(UpbitTest.feed("", restUrl, Map.of()), Map.of());
        RestCall tickers =
                rest.call(topics("ticker/upbit:KRW-BTC", "trade/upbit:KRW-BTC", "trade/upbit:KRW-ETH"), access);
        RestCall books = rest.call(topics("quote/upbit:KRW-BTC"), access);

        assertThat(restUrl + tickers.path()).isEqualTo("https://upbit.test/v1/ticker?markets=KRW-BTC,KRW-ETH");
        assertThat(restUrl + books.path()).isEqualTo("https://upbit.test/v1/orderbook?markets=KRW-BTC");
        assertThat(tickers.method()).isEqualTo("GET");
        assertThat(tickers.body()).isEmpty();
    }

    @Test
    void shouldTellTickersAndLastTradesThatWereAskedForAndNothingElse() {
        Outcome outcome = read(
                topics("ticker/upbit:KRW-BTC", "trade/upbit:KRW-BTC", "trade/upbit:KRW-ETH"),
                200,
                Captures.text("rest-ticker.json"));

        assertThat(outcome).isEqualTo(Outcome.OK);
        assertThat(events.lines)
                .containsExactly(
                        "ticker KRW-BTC 1827302400155000 PRICE=98765000.0 SIZE=0.0125 CHANGE=765000.0"
                                + " CHANGE_RATE=0.78061224 OPEN=98000000.0 HIGH=99100000.0 LOW=97650000.0"
                                + " PREVIOUS_CLOSE=98000000.0 VOLUME=530.125 AMOUNT=52000111222.5"
                                + " VOLUME_24H=1530.75 AMOUNT_24H=150000000333.1",
                        "trade KRW-BTC 1827302400120000 98765000.0 0.0125 null id=1827302400120",
                        "trade KRW-ETH 1827302400121000 5000000.0 2.0 null id=1827302400121");
    }

    @Test
    void shouldTellBooksAndQuotes() {
        Outcome outcome =
                read(topics("book.5/upbit:KRW-BTC", "quote/upbit:KRW-ETH"), 200, Captures.text("rest-orderbook.json"));

        assertThat(outcome).isEqualTo(Outcome.OK);
        assertThat(events.lines)
                .containsExactly(
                        "book KRW-BTC 1827302400155000 BID_PRICE=98765000.0 BID_SIZE=0.25 ASK_PRICE=98766000.0"
                                + " ASK_SIZE=0.5 ASK_TOTAL=12.5 BID_TOTAL=8.25"
                                + " asks 98766000.0x0.5 98767000.0x1.5 bids 98765000.0x0.25 98764000.0x0.5",
                        "quote KRW-ETH 1827302400156000 5000000 2 5001000 1 null");
    }

    @Test
    void shouldAskForGroupedBooksByTheirLevelAndAsDeepAsIsWanted() {
        Access access = new Access(UpbitTest.feed("", "https://upbit.test", Map.of()), Map.of());

        assertThat(rest.call(
                                topics(
                                        "book.5.10000/upbit:KRW-BTC",
                                        "book.15.10000/upbit:KRW-BTC",
                                        "book.1.10000/upbit:KRW-ETH"),
                                access)
                        .path())
                .isEqualTo("/v1/orderbook?markets=KRW-BTC,KRW-ETH&level=10000&count=15");
        assertThat(rest.topicsPerCall("orderbook.10000")).isEqualTo(rest.topicsPerCall("orderbook"));
    }

    @Test
    void shouldTellGroupedBooksOfTheLevelThatWasAskedForOnly() {
        String body = Captures.text("rest-orderbook-level.json");
        assertThat(read(topics("book.5.10000/upbit:KRW-ETH"), 200, body)).isEqualTo(Outcome.OK);
        assertThat(read(topics("book.5/upbit:KRW-BTC", "quote/upbit:KRW-BTC"), 200, body))
                .isEqualTo(Outcome.OK);
        assertThat(read(topics("book.5.100000/upbit:KRW-BTC"), 200, body)).isEqualTo(Outcome.OK);

        assertThat(events.lines)
                .containsExactly("book KRW-ETH.10000 1827302400156000 BID_PRICE=5000000 BID_SIZE=2 ASK_PRICE=5010000"
                        + " ASK_SIZE=1 ASK_TOTAL=1.0 BID_TOTAL=2.0 asks 5010000x1 bids 5000000x2");
    }

    @Test
    void shouldNotGuessTheLevelOfAnAnswer() {
        String body = "[{\"market\":\"KRW-BTC\",\"orderbook_units\":[{\"ask_price\":2,\"ask_size\":1}]}]";

        assertThat(read(topics("book.5.10000/upbit:KRW-BTC"), 200, body)).isEqualTo(Outcome.OK);
        assertThat(events.lines).containsExactly("bad: orderbook that does not say its level");
    }

    @ParameterizedTest
    @CsvSource({"429,TOO_FAST", "418,TOO_FAST", "404,FAILED", "400,FAILED", "500,FAILED", "301,FAILED"})
    void shouldKnowWhatAStatusMeansForThePace(int status, Outcome outcome) {
        assertThat(read(topics("ticker/upbit:KRW-BTC"), status, "{\"error\":{\"name\":404,\"message\":\"no\"}}"))
                .isEqualTo(outcome);
        assertThat(events.lines).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "[{\"market\":", "<html>"})
    void shouldFailOnABodyThatIsNoList(String body) {
        assertThat(read(topics("ticker/upbit:KRW-BTC"), 200, body)).isEqualTo(Outcome.FAILED);
        assertThat(events.lines).hasSize(1).allMatch(line -> line.startsWith("bad: "));
    }

    @Test
    void shouldDropOneBadMarketOfMany() {
        String body = "[{\"market\":\"KRW-BTC\"},{\"market\":\"KRW-ETH\",\"trade_price\":1}]";

        assertThat(read(topics("ticker/upbit:KRW-BTC", "ticker/upbit:KRW-ETH"), 200, body))
                .isEqualTo(Outcome.OK);
        assertThat(events.lines).containsExactly("bad: ticker without trade_price", "ticker KRW-ETH none PRICE=1");
    }

    private static RestAdvice advice(int status, Map<String, String> headers, String body) {
        return new UpbitRest().advice(new RestReply(status, headers, body.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "group=default; min=1800; sec=29,29",
        "group=ticker; min=600; sec=0,0",
        "sec=7;min=600,7",
        "group=ticker; min=600,2147483647",
        "group=ticker; sec=many,2147483647",
        "sec=99999999999,2147483647",
        "'',2147483647"
    })
    void shouldReadWhatIsLeftOfThisSecond(String header, int left) {
        assertThat(advice(200, Map.of("remaining-req", header), "[]")).isEqualTo(new RestAdvice(left, Duration.ZERO));
        assertThat(advice(200, Map.of(), "[]")).isEqualTo(RestAdvice.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "429,'','',1",
        "418,'',Too many API requests. Blocked for 40 seconds.,40",
        "418,'',Too many API requests. Blocked for 1 second.,1",
        "418,'',{\"error\":{\"message\":\"3분 동안\"}},180",
        "418,'',blocked for 2 hours,7200",
        "418,20,blocked for 40 seconds,20",
        "418,soon,blocked for 40s,40",
        "418,0,'',1",
        "418,'',Too many API requests. 3 strikes,60",
        "418,999999,'',86400",
        "418,'','',60",
        "503,30,'',0"
    })
    void shouldAskForNothingWhileBlocked(int status, String retryAfter, String body, long seconds) {
        Map<String, String> headers = retryAfter.isEmpty() ? Map.of() : Map.of("retry-after", retryAfter);

        assertThat(advice(status, headers, body).pause()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(new Upbit(1).pauseAfter(new RestReply(status, headers, body.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(Duration.ofSeconds(seconds));
    }
}
