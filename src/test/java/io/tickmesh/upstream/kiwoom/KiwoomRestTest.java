package io.tickmesh.upstream.kiwoom;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.market.Topic;
import io.tickmesh.upstream.Access;
import io.tickmesh.upstream.RecordedEvents;
import io.tickmesh.upstream.RestCall;
import io.tickmesh.upstream.RestLanguage.Outcome;
import io.tickmesh.upstream.RestReply;
import io.tickmesh.upstream.TokenRecipe.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KiwoomRestTest {
    private static final FeedConfig FEED = new FeedConfig(
            "kiwoom-1",
            "kiwoom",
            "",
            FeedConfig.Mode.LIVE,
            "wss://example.org",
            "https://example.org",
            100,
            FeedConfig.Overflow.FALLBACK,
            Map.of("app_key", new Secret("made-up-key"), "app_secret", new Secret("made-up \"secret\"")),
            null);
    private static final List<Topic> PRICE =
            List.of(Topic.parse("trade/kiwoom:000001@NXT"), Topic.parse("ticker/kiwoom:000001@NXT"));
    private static final List<Topic> BOOK =
            List.of(Topic.parse("book.5/kiwoom:000001"), Topic.parse("quote/kiwoom:000001"));

    private final KiwoomRest rest = new KiwoomRest();
    private final KiwoomToken token = new KiwoomToken();
    private final RecordedEvents events = new RecordedEvents();

    private Outcome read(List<Topic> asked, int status, String body) {
        return rest.read(
                asked, new RestReply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8)), Captures.NOW, events);
    }

    private Answer token(int status, String body) {
        return token.read(status, body.getBytes(StandardCharsets.UTF_8), Captures.NOW / 1_000);
    }

    @Test
    void shouldAskOnceForAllThatIsWantedOfAStock() {
        assertThat(PRICE.stream().map(rest::group)).containsOnly("ka10001 000001_NX");
        assertThat(BOOK.stream().map(rest::group)).containsOnly("ka10004 000001");
        assertThat(rest.group(Topic.parse("status/kiwoom:000001"))).isEmpty();

        Access access = new Access(FEED, Map.of("access", new Secret("made-up-token")));
        RestCall call = rest.call(PRICE, access);
        assertThat(call.toString()).isEqualTo("POST /api/dostk/stkinfo");
        assertThat(call.body()).isEqualTo("{\"stk_cd\":\"000001_NX\"}");
        assertThat(call.headers())
                .containsEntry("api-id", "ka10001")
                .containsEntry("authorization", "Bearer made-up-token")
                .containsEntry("Content-Type", "application/json;charset=UTF-8");
        assertThat(rest.call(BOOK, access).headers()).containsEntry("api-id", "ka10004");
        assertThat(rest.call(BOOK, access).path()).isEqualTo("/api/dostk/mrkcond");
    }

    @Test
    void shouldReadAPrice() {
        String body =
                "{\"stk_cd\":\"000001\",\"stk_nm\":\"SAMPLE\",\"cur_prc\":\"-70700\",\"pre_sig\":\"2\",\"pred_pre\":\"+700\","
                        + "\"flu_rt\":\"+1.00\",\"trde_qty\":\"1000064\",\"open_pric\":\"+70100\",\"high_pric\":\"+71200\",\"low_pric\":\"-69900\","
                        + "\"base_pric\":\"70000\",\"return_code\":0,\"return_msg\":\"정상적으로 처리되었습니다\"}";

        assertThat(read(PRICE, 200, body)).isEqualTo(Outcome.OK);
        assertThat(events.lines)
                .containsExactly(
                        "trade 000001@NXT none 70700 null null",
                        "ticker 000001@NXT none PRICE=70700 CHANGE=700 CHANGE_RATE=1.00 OPEN=70100 HIGH=71200 LOW=69900"
                                + " PREVIOUS_CLOSE=70000 VOLUME=1000064");
    }

    @Test
    void shouldReadABook() {
        String body =
                "{\"bid_req_base_tm\":\"101503\",\"sel_2th_pre_bid\":\"+70900\",\"sel_2th_pre_req\":\"2\",\"sel_fpr_bid\":\"+70800\","
                        + "\"sel_fpr_req\":\"1\",\"buy_fpr_bid\":\"-70700\",\"buy_fpr_req\":\"3\",\"buy_10th_pre_bid\":\"-69800\","
                        + "\"buy_10th_pre_req\":\"4\",\"tot_sel_req\":\"30\",\"tot_buy_req\":\"40\",\"return_code\":\"0\"}";

        assertThat(read(BOOK, 200, body)).isEqualTo(Outcome.OK);
        assertThat(events.lines)
                .containsExactly(
                        "book 000001 1795137303000000 BID_PRICE=70700 BID_SIZE=3 ASK_PRICE=70800 ASK_SIZE=1 ASK_TOTAL=30"
                                + " BID_TOTAL=40 asks 70800x1 70900x2 bids 70700x3 69800x4",
                        "quote 000001 1795137303000000 70700 3 70800 1 null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "429;{\"return_msg\":\"허용된 요청 개수를 초과하였습니다\"};TOO_FAST",
                "429;slow down;TOO_FAST",
                "200;{\"return_code\":5,\"return_msg\":\"[1700:허용된 요청 개수를 초과하였습니다]\"};TOO_FAST",
                "200;{\"return_code\":1700};TOO_FAST",
                "200;{\"return_code\":\"5\",\"return_msg\":\"허용된 요청 개수를 초과하였습니다\"};TOO_FAST",
                "200;{\"return_code\":5,\"return_msg\":\"허용된 요청 개수를 초과하였습니다[1634]\"};FAILED",
                "200;{\"return_code\":3,\"return_msg\":\"[8005:Token이 유효하지 않습니다]\"};STALE_TOKEN",
                "200;{\"return_code\":8031};STALE_TOKEN",
                "200;{\"return_code\":8103};STALE_TOKEN",
                "401;{};STALE_TOKEN",
                "200;{\"return_code\":1902,\"return_msg\":\"종목 정보가 없습니다\"};FAILED",
                "200;{\"cur_prc\":\"1\"};FAILED",
                "500;{\"return_code\":0};FAILED",
                "200;<html>;FAILED",
                "200;[];FAILED"
            })
    void shouldKnowWhatARefusalMeans(int status, String body, Outcome outcome) {
        assertThat(read(PRICE, status, body)).isEqualTo(outcome);
        assertThat(events.lines).noneMatch(line -> line.startsWith("trade"));
    }

    @Test
    void shouldAskForAToken() {
        RestCall call = token.call(FEED);

        assertThat(call.path()).isEqualTo("/oauth2/token");
        assertThat(call.body())
                .isEqualTo("{\"grant_type\":\"client_credentials\",\"appkey\":\"made-up-key\","
                        + "\"secretkey\":\"made-up \\\"secret\\\"\"}");
        assertThat(call.toString()).doesNotContain("made-up");
    }

    @Test
    void shouldReadAToken() {
        Answer answer = token(
                200,
                "{\"expires_dt\":\"20261121091500\",\"token_type\":\"bearer\",\"token\":\"made-up-token\",\"return_code\":0}");

        assertThat(answer).isEqualTo(new Answer.Issued(new Secret("made-up-token"), 1_795_220_100_000L));
        assertThat(answer.toString()).doesNotContain("made-up");
    }

    @ParameterizedTest
    @CsvSource({"'',86400000", "20261320000000,86400000", "20261120000000,600000", "20991231000000,86400000"})
    void shouldNotBelieveAnyExpiry(String expiry, long lifetime) {
        Answer answer = token(200, "{\"expires_dt\":\"" + expiry + "\",\"token\":\"t\",\"return_code\":\"0\"}");

        assertThat(answer).isEqualTo(new Answer.Issued(new Secret("t"), Captures.NOW / 1_000 + lifetime));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "200;{\"return_code\":3,\"return_msg\":\"[8001:App Key]\"};Refused",
                "200;{\"return_code\":8020};Refused",
                "403;{};Refused",
                "200;{\"return_code\":8006};Later",
                "429;{\"return_msg\":\"허용된 요청 개수를 초과하였습니다\"};Later",
                "200;{\"return_code\":5,\"return_msg\":\"[1700:허용된 요청 개수를 초과하였습니다]\"};Later",
                "200;{\"token\":\" \",\"return_code\":0};Later",
                "200;{\"token\":\"t\",\"return_code\":1};Later",
                "503;<html>;Later",
                "200;{;Later"
            })
    void shouldKnowWhyThereIsNoToken(int status, String body, String sort) {
        assertThat(token(status, body).getClass().getSimpleName()).isEqualTo(sort);
    }
}
