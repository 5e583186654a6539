package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys, tokens and quotes over HTTP. */
class KisRestTest {
    private static final Map<String, String> SAMSUNG =
            Map.of("FID_COND_MRKT_DIV_CODE", "J", "FID_INPUT_ISCD", "005930");

    private final KisBench bench = new KisBench(KisSimSettings.DEFAULTS);

    private static JsonObject json(Reply reply) {
        return new JsonObject(reply.body());
    }

    private Reply price(String token) {
        return bench.quotation("inquire-price", "FHKST01010100", token, SAMSUNG);
    }

    @Test
    void shouldIssueFreshApprovalKeysOncePerSecond() {
        JsonObject account = KisBench.account("secretkey");
        Reply first = bench.post("/oauth2/Approval", account);
        Reply hasty = bench.post("/oauth2/Approval", account);

        assertThat(first.status()).isEqualTo(200);
        assertThat(hasty.status()).isEqualTo(403);
        assertThat(bench.approval()).isNotEqualTo(json(first).getString("approval_key"));
    }

    @Test
    void shouldRefuseWrongAccounts() {
        JsonObject account = KisBench.account("secretkey");
        Reply unknown = bench.post("/oauth2/Approval", account.copy().put("appkey", "guess"));
        Reply secret = bench.post("/oauth2/Approval", account.copy().put("secretkey", "guess"));
        Reply misnamed = bench.post("/oauth2/Approval", KisBench.account("appsecret"));

        assertThat(json(unknown).getString("error_code")).isEqualTo("EGW00103");
        assertThat(json(secret).getString("error_code")).isEqualTo("EGW00105");
        assertThat(json(misnamed).getString("error_code")).isEqualTo("EGW00104");
        assertThat(misnamed.status()).isEqualTo(403);
    }

    @Test
    void shouldIssueTheSameTokenForSixHoursAndNoTwoWithinAMinute() {
        String first = bench.token();
        Reply hasty = bench.post("/oauth2/tokenP", KisBench.account("appsecret"));
        bench.now += 60_000;
        String again = bench.token();
        bench.now += 6 * 3_600_000;
        String later = bench.token();

        assertThat(hasty.status()).isEqualTo(403);
        assertThat(json(hasty).getString("error_code")).isEqualTo("EGW00133");
        assertThat(again).isEqualTo(first);
        assertThat(later).isNotEqualTo(first);
    }

    @Test
    void shouldRevokeAndExpireTokens() {
        String token = bench.token();
        assertThat(json(price(token)).getString("rt_cd")).isEqualTo("0");
        bench.fault("expire-tokens", "{}");
        assertThat(json(price(token)).getString("msg_cd")).isEqualTo("EGW00123");
        String next = bench.token();
        bench.post("/oauth2/revokeP", KisBench.account("appsecret").put("token", next));

        assertThat(next).isNotEqualTo(token);
        assertThat(json(price(next)).getString("msg_cd")).isEqualTo("EGW00121");
        assertThat(price(next).status()).isEqualTo(500);
    }

    @Test
    void shouldLimitRequestsByProfile() {
        String token = bench.token();
        for (int i = 0; i < 18; i++) {
            assertThat(price(token).status()).isEqualTo(200);
        }
        Reply beyond = price(token);
        assertThat(beyond.status()).isEqualTo(500);
        assertThat(json(beyond).getString("msg_cd")).isEqualTo("EGW00201");
        bench.pass(1_000);
        bench.change("profile", "mock");

        assertThat(price(token).status()).isEqualTo(200);
        assertThat(price(token).status()).isEqualTo(500);
    }

    @Test
    void shouldCheckTheTrId() {
        Reply wrong = bench.quotation("inquire-price", "FHKST01010200", bench.token(), SAMSUNG);

        assertThat(json(wrong).getString("msg_cd")).isEqualTo("EGW00203");
    }

    @Test
    void shouldQuoteWhatTheSocketShows() {
        String token = bench.token();
        KisBench.Client client = bench.connect().ask(bench.approval(), "1", "H0STCNT0", "005930");
        bench.pass(5_000);
        String[] fields = client.data().get(client.data().size() - 1).split("\\^", -1);
        JsonObject price = json(price(token)).getJsonObject("output");
        JsonObject book = json(bench.quotation("inquire-asking-price-exp-ccn", "FHKST01010200", token, SAMSUNG))
                .getJsonObject("output1");

        assertThat(price.getString("stck_sdpr")).isEqualTo("71200");
        assertThat(Long.parseLong(price.getString("acml_vol")))
                .isBetween(Long.parseLong(fields[fields.length - 34]), Long.MAX_VALUE);
        assertThat(Long.parseLong(book.getString("askp1"))).isGreaterThan(Long.parseLong(book.getString("bidp1")));
    }

    @Test
    void shouldQuoteThirtySymbolsAtOnceWithoutTheUnknown() {
        Map<String, String> params = new HashMap<>();
        for (int i = 1; i <= 30; i++) {
            params.put("FID_COND_MRKT_DIV_CODE_" + i, "J");
            params.put("FID_INPUT_ISCD_" + i, i == 30 ? "999999" : "" + (100_000 + 10 * i));
        }
        String token = bench.token();
        JsonObject answer = json(bench.quotation("intstock-multprice", "FHKST11300006", token, params));

        assertThat(answer.getJsonArray("output")).hasSize(29);
        assertThat(answer.getJsonArray("output").getJsonObject(0).getString("inter_shrn_iscd"))
                .isEqualTo("100010");
    }

    @Test
    void shouldShowStandingPricesWhileTheMarketIsClosed() {
        bench.change("market", "closed");
        String token = bench.token();
        String first = price(token).body();
        bench.pass(30_000);

        assertThat(price(token).body()).isEqualTo(first);
    }
}
