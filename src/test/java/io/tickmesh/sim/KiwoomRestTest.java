package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KiwoomRestTest {
    private static final String STOCKS = "/api/dostk/stkinfo";
    private static final String BOOKS = "/api/dostk/mrkcond";

    private final KiwoomBench bench = new KiwoomBench(KiwoomSimSettings.DEFAULTS);

    private static JsonObject without(String name) {
        JsonObject body = KiwoomBench.credentials();
        body.remove(name);
        return body;
    }

    private int tokenCode(JsonObject body) {
        return bench.oauth("token", body).getInteger("return_code");
    }

    /** The return code of a ka10001 whose headers are changed; null takes one away. */
    private int codeWith(String path, String header, @Nullable String value) {
        Map<String, String> headers = new HashMap<>(Map.of(
                "content-type", "application/json", "api-id", "ka10001", "authorization", "Bearer " + bench.token()));
        headers.remove(header);
        if (value != null) {
            headers.put(header, value);
        }
        Reply reply = bench.post(path, headers, new JsonObject().put("stk_cd", "005930"));
        bench.pass(1_000);
        assertThat(reply.status()).isEqualTo(200);
        return new JsonObject(reply.body()).getInteger("return_code");
    }

    @Test
    void shouldIssueATokenForADay() {
        JsonObject answer = bench.oauth("token", KiwoomBench.credentials());

        assertThat(answer.fieldNames())
                .containsExactly("expires_dt", "token_type", "token", "return_code", "return_msg");
        assertThat(answer.getString("expires_dt")).isEqualTo("20260926100000");
        assertThat(answer.getString("token_type")).isEqualTo("bearer");
        assertThat(answer.getValue("return_code")).isEqualTo(0);
        assertThat(answer.getString("return_msg")).isEqualTo("정상적으로 처리되었습니다");
        assertThat(bench.quote(answer.getString("token"), "005930").getValue("return_code"))
                .isEqualTo(0);

        bench.now += 86_400_000;
        assertThat(bench.quote(answer.getString("token"), "005930").getValue("return_code"))
                .isEqualTo(8005);
    }

    @Test
    void shouldRefuseATokenToWhomItDoesNotKnow() {
        assertThat(tokenCode(without("appkey"))).isEqualTo(8020);
        assertThat(tokenCode(without("secretkey"))).isEqualTo(8020);
        assertThat(tokenCode(KiwoomBench.credentials().put("appkey", "guess"))).isEqualTo(8001);
        assertThat(tokenCode(KiwoomBench.credentials().put("secretkey", "guess")))
                .isEqualTo(8002);
        assertThat(tokenCode(KiwoomBench.credentials().put("appkey", "sim-other-key")))
                .isEqualTo(8030);
        assertThat(tokenCode(KiwoomBench.credentials().put("grant_type", "password")))
                .isEqualTo(8012);
        assertThat(tokenCode(without("grant_type"))).isEqualTo(8011);
        assertThat(tokenCode(KiwoomBench.credentials().put("appkey", 7))).isEqualTo(1517);
    }

    @Test
    void shouldForgetARevokedToken() {
        String token = bench.token();
        JsonObject body = without("grant_type").put("token", token);

        assertThat(bench.oauth("revoke", body).getValue("return_code")).isEqualTo(0);
        assertThat(bench.quote(token, "005930").getValue("return_code")).isEqualTo(8005);
        assertThat(bench.oauth("revoke", body).getValue("return_code")).isEqualTo(8015);
    }

    @Test
    void shouldKeepTheOlderTokenUnlessToldToReplaceIt() {
        String first = bench.token();
        String second = bench.token();
        assertThat(first).isNotEqualTo(second);
        assertThat(bench.quote(first, "005930").getValue("return_code")).isEqualTo(0);

        bench.change("reissue", "replace_old");
        String third = bench.token();

        assertThat(bench.quote(second, "005930").getValue("return_code")).isEqualTo(8005);
        assertThat(bench.quote(third, "005930").getValue("return_code")).isEqualTo(0);
    }

    @Test
    void shouldCheckTheHeadersInOrder() {
        assertThat(codeWith(STOCKS, "api-id", null)).isEqualTo(1501);
        assertThat(codeWith(BOOKS, "api-id", "ka10001")).isEqualTo(1504);
        assertThat(codeWith(STOCKS, "api-id", "KA10001")).isEqualTo(1505);
        assertThat(codeWith(STOCKS, "authorization", null)).isEqualTo(1513);
        assertThat(codeWith(STOCKS, "authorization", "Basic x")).isEqualTo(1514);
        assertThat(codeWith(STOCKS, "authorization", "Bearer ")).isEqualTo(1515);
        assertThat(codeWith(STOCKS, "authorization", "Bearer guess")).isEqualTo(8005);
        assertThat(codeWith(STOCKS, "content-type", "text/plain")).isEqualTo(1512);
        assertThat(codeWith(STOCKS, "x-none", null)).isEqualTo(0);
    }

    @Test
    void shouldRefuseWrongBodies() {
        String token = bench.token();
        assertThat(bench.quote(token, "999999").getValue("return_code")).isEqualTo(1902);
        assertThat(bench.quote(token, "KRX:005930").getValue("return_code")).isEqualTo(1902);
        assertThat(bench.quote(token, "").getValue("return_code")).isEqualTo(1511);
        bench.change("profile", "mock");
        assertThat(bench.quote(bench.token(), "005930_NX").getValue("return_code"))
                .isEqualTo(8104);
    }

    @Test
    void shouldQuoteWhatTheSocketShows() {
        KiwoomBench.Client client = bench.loggedIn().register("1", List.of("005930"), "0B");
        bench.change("multi_percent", 0);
        client.live(5_000);
        List<JsonObject> trades = client.entries("0B");
        JsonObject trade = trades.get(trades.size() - 1).getJsonObject("values");
        JsonObject quote = bench.quote(bench.token(), "005930");

        assertThat(quote.fieldNames())
                .containsExactly(
                        "stk_cd",
                        "stk_nm",
                        "cur_prc",
                        "pre_sig",
                        "pred_pre",
                        "flu_rt",
                        "trde_qty",
                        "trde_pre",
                        "open_pric",
                        "high_pric",
                        "low_pric",
                        "base_pric",
                        "upl_pric",
                        "lst_pric",
                        "exp_cntr_pric",
                        "exp_cntr_qty",
                        "return_code",
                        "return_msg");
        assertThat(quote.getString("cur_prc")).isEqualTo(trade.getString("10").trim());
        assertThat(quote.getString("trde_qty")).isEqualTo(trade.getString("13"));
        assertThat(quote.getString("pred_pre")).isEqualTo(trade.getString("11"));
        assertThat(quote.getString("flu_rt")).isEqualTo(trade.getString("12"));
        assertThat(Long.parseLong(quote.getString("base_pric")) + Long.parseLong(quote.getString("pred_pre")))
                .isEqualTo(Math.abs(Long.parseLong(quote.getString("cur_prc"))));
    }

    @Test
    void shouldNameTheFieldsOfABookAsTheProviderDoes() {
        JsonObject book = new JsonObject(
                bench.query(BOOKS, "ka10004", bench.token(), "005930").body());

        assertThat(book.fieldNames())
                .contains(
                        "sel_fpr_bid",
                        "sel_fpr_req",
                        "sel_1th_pre_req_pre",
                        "buy_fpr_bid",
                        "buy_fpr_req",
                        "buy_1th_pre_req_pre",
                        "sel_2th_pre_bid",
                        "sel_2th_pre_req",
                        "sel_2th_pre_req_pre",
                        "buy_10th_pre_bid",
                        "buy_10th_pre_req",
                        "buy_10th_pre_req_pre",
                        "tot_sel_req",
                        "tot_buy_req",
                        "tot_sel_req_jub_pre",
                        "tot_buy_req_jub_pre",
                        "ovt_sel_req",
                        "ovt_buy_req",
                        "bid_req_base_tm")
                .hasSize(2 * 10 * 3 + 4 + 2 + 1 + 2);
        assertThat(book.getString("bid_req_base_tm")).isEqualTo("095959");
    }

    @Test
    void shouldAnswerABatchOf100AndRefuse101ForGood() {
        String token = bench.token();
        List<String> codes = new KiwoomListing(0)
                .stocks().stream().limit(100).map(KiwoomItem::code).toList();
        Reply all = bench.query(STOCKS, "ka10095", token, String.join("|", codes));
        JsonArray list = new JsonObject(all.body()).getJsonArray("atn_stk_infr");
        assertThat(list.stream().map(each -> ((JsonObject) each).getString("stk_cd")))
                .containsExactlyElementsOf(codes);
        assertThat(all.headers()).containsEntry("cont-yn", "N").containsEntry("api-id", "ka10095");

        JsonObject refused = new JsonObject(bench.query(STOCKS, "ka10095", token, "000660|" + String.join("|", codes))
                .body());

        assertThat(refused.getValue("return_code")).isEqualTo(5);
        assertThat(refused.getString("return_msg")).contains("[1634]");
    }

    @Test
    void shouldAdmitFiveQueriesASecondAndAlternateTheFormsOfTheRefusal() {
        String token = bench.token();
        List<Reply> replies = IntStream.range(0, 8)
                .mapToObj(each -> bench.query(STOCKS, "ka10001", token, "005930"))
                .toList();

        assertThat(replies.stream().map(Reply::status)).containsExactly(200, 200, 200, 200, 200, 429, 200, 429);
        assertThat(replies.get(5).body()).contains("허용된 요청 개수를 초과하였습니다");
        JsonObject second = new JsonObject(replies.get(6).body());
        assertThat(second.getValue("return_code")).isEqualTo(5);
        assertThat(second.getString("return_msg")).contains("[1700:");

        bench.pass(1_000);
        assertThat(bench.quote(token, "005930").getValue("return_code")).isEqualTo(0);
    }

    @Test
    void shouldRefuseInTheFormThatIsSet() {
        String token = bench.token();
        bench.exchange.change(new JsonObject().put("limit_form", "code_1700").put("bracketed_errors", true));
        bench.fault("refuse-queries", "{\"count\":1}");

        assertThat(bench.quote(token, "005930").getValue("return_code")).isEqualTo(1700);
        assertThat(bench.quote("guess", "005930").getString("return_msg")).contains("[8005:");
    }

    @Test
    void shouldStandStillWhenTheMarketIsClosed() {
        bench.change("market", "closed");
        String token = bench.token();
        JsonObject before = bench.quote(token, "005930");
        bench.pass(60_000);

        assertThat(bench.quote(token, "005930")).isEqualTo(before);
    }

    @Test
    void shouldAnswerHtmlDuringMaintenance() {
        bench.fault("maintenance", "{}");
        Reply reply = bench.query(STOCKS, "ka10001", "any", "005930");

        assertThat(reply.contentType()).startsWith("text/html");
        HttpCall upgrade = KiwoomBench.call(KiwoomExchange.SOCKET, Map.of(), new JsonObject(), "10.0.0.1");
        assertThat(bench.exchange.refusal(upgrade, bench.now)).isNotNull();
    }
}
