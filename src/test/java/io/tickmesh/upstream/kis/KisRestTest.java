package io.tickmesh.upstream.kis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.config.Secret;
import io.tickmesh.market.Topic;
import io.tickmesh.upstream.Access;
import io.tickmesh.upstream.FrameMutator;
import io.tickmesh.upstream.RecordedEvents;
import io.tickmesh.upstream.RestCall;
import io.tickmesh.upstream.RestLanguage.Outcome;
import io.tickmesh.upstream.RestReply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KisRestTest {
    private static final String PRICE = "{\"rt_cd\":\"0\",\"msg_cd\":\"MCA00000\",\"msg1\":\"ok\",\"output\":{"
            + "\"stck_prpr\":\"70700\",\"prdy_vrss\":\"700\",\"prdy_vrss_sign\":\"2\",\"prdy_ctrt\":\"1.00\","
            + "\"acml_vol\":\"1000064\",\"acml_tr_pbmn\":\"70416506368\",\"stck_oprc\":\"70100\","
            + "\"stck_hgpr\":\"71200\",\"stck_lwpr\":\"69900\",\"stck_mxpr\":\"91000\",\"stck_llam\":\"49000\","
            + "\"stck_sdpr\":\"70000\",\"stck_shrn_iscd\":\"000001\",\"temp_stop_yn\":\"N\"}}";
    private static final String BOOK = "{\"rt_cd\":\"0\",\"msg_cd\":\"MCA00000\",\"output1\":{"
            + "\"askp1\":\"70800\",\"askp2\":\"70900\",\"askp3\":\"0\",\"bidp1\":\"70700\",\"bidp10\":\"69800\","
            + "\"askp_rsqn1\":\"1510\",\"askp_rsqn2\":\"900\",\"askp_rsqn3\":\"0\",\"bidp_rsqn1\":\"2044\","
            + "\"bidp_rsqn10\":\"120\",\"total_askp_rsqn\":\"6820\",\"total_bidp_rsqn\":\"6154\"},"
            + "\"output2\":{\"antc_cnpr\":\"0\"}}";

    private final KisRest rest = new KisRest();
    private final RecordedEvents events = new RecordedEvents();

    private static List<Topic> topics(String... texts) {
        return Stream.of(texts).map(Topic::parse).toList();
    }

    private Outcome read(List<Topic> asked, int status, String body) {
        return rest.read(
                asked,
                new RestReply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8)),
                KisProtocolTest.NOW,
                events);
    }

    private static Access access() {
        return new Access(
                KisTest.feed("ws://127.0.0.1:1", "app_key", "app_secret"),
                Map.of("access", new Secret("demo.jwt.value")));
    }

    @ParameterizedTest
    @CsvSource({
        "trade/kis:000001,J,FHKST01010100,inquire-price",
        "ticker/kis:000001@NXT,NX,FHKST01010100,inquire-price",
        "book.5/kis:000001@UN,UN,FHKST01010200,inquire-asking-price-exp-ccn",
        "quote/kis:000001,J,FHKST01010200,inquire-asking-price-exp-ccn"
    })
    void shouldAskForAStockAtItsVenue(String topic, String venue, String trId, String path) {
        RestCall call = rest.call(topics(topic), access());

        assertThat(call.method()).isEqualTo("GET");
        assertThat(call.path())
                .isEqualTo("/uapi/domestic-stock/v1/quotations/" + path + "?FID_COND_MRKT_DIV_CODE=" + venue
                        + "&FID_INPUT_ISCD=000001");
        assertThat(call.headers())
                .containsEntry("authorization", "Bearer demo.jwt.value")
                .containsEntry("appkey", "made up app_key")
                .containsEntry("appsecret", "made up app_secret")
                .containsEntry("tr_id", trId)
                .containsEntry("custtype", "P");
        assertThat(call.toString()).doesNotContain("made up", "demo");
    }

    @Test
    void shouldGroupWhatOneAnswerServes() {
        List<String> groups = topics(
                        "trade/kis:000001",
                        "ticker/kis:000001",
                        "quote/kis:000001",
                        "book.5/kis:000001",
                        "trade/kis:000001@NXT",
                        "trade/kis:000002",
                        "expected/kis:000001",
                        "status/kis:000001",
                        "trade/kis:NAS.AAPL")
                .stream()
                .map(rest::group)
                .toList();

        assertThat(groups.get(0)).isEqualTo(groups.get(1)).isNotEmpty();
        assertThat(groups.get(2)).isEqualTo(groups.get(3)).isNotEqualTo(groups.get(0));
        assertThat(groups.subList(0, 6))
                .doesNotContain("")
                .satisfies(some -> assertThat(some.stream().distinct()).hasSize(4));
        assertThat(groups.subList(6, 9)).containsOnly("");
    }

    @Test
    void shouldReadThePriceForTheTopicsThatAskedForIt() {
        assertThat(read(topics("trade/kis:000001@NXT", "ticker/kis:000001@NXT"), 200, PRICE))
                .isEqualTo(Outcome.OK);
        assertThat(events.lines)
                .containsExactly(
                        "trade 000001@NXT none 70700 null NXT",
                        "ticker 000001@NXT none PRICE=70700 CHANGE=700 CHANGE_RATE=1.00 OPEN=70100 HIGH=71200"
                                + " LOW=69900 PREVIOUS_CLOSE=70000 VOLUME=1000064 AMOUNT=70416506368");
    }

    @Test
    void shouldNotCareWhetherAFallHasASign() {
        String fall = PRICE.replace("_sign\":\"2\"", "_sign\":\"5\"");
        read(topics("ticker/kis:000001"), 200, fall);
        read(
                topics("ticker/kis:000001"),
                200,
                fall.replace("\"700\"", "\"-700\"").replace("\"1.00\"", "\"-1.00\""));

        assertThat(events.lines.get(0)).isEqualTo(events.lines.get(1)).contains("CHANGE=-700 CHANGE_RATE=-1.00");
    }

    @Test
    void shouldReadTheBook() {
        assertThat(read(topics("book.5/kis:000001", "book/kis:000001", "quote/kis:000001"), 200, BOOK))
                .isEqualTo(Outcome.OK);
        assertThat(events.lines)
                .containsExactly(
                        "book 000001 none BID_PRICE=70700 BID_SIZE=2044 ASK_PRICE=70800 ASK_SIZE=1510 ASK_TOTAL=6820"
                                + " BID_TOTAL=6154 asks 70800x1510 70900x900 bids 70700x2044 69800x120",
                        "quote 000001 none 70700 2044 70800 1510 KRX");
    }

    @ParameterizedTest
    @CsvSource({
        "500,EGW00201,TOO_FAST", "200,EGW00201,TOO_FAST", "429,'',TOO_FAST", "500,EGW00123,STALE_TOKEN",
        "500,EGW00121,STALE_TOKEN", "500,EGW00122,STALE_TOKEN", "500,EGW00300,FAILED", "403,EGW00103,FAILED",
        "200,OPSQ2000,FAILED"
    })
    void shouldGoByTheCodeOfAFailure(int status, String code, Outcome outcome) {
        assertThat(read(
                        topics("trade/kis:000001"),
                        status,
                        "{\"rt_cd\":\"1\",\"msg_cd\":\"" + code + "\",\"msg1\":\"\"}"))
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"rt_cd\":\"0\"}|bad: REST: no price",
                "{\"rt_cd\":\"0\",\"output\":{\"stck_prpr\":\"0\"}}|bad: REST: no price",
                "{\"rt_cd\":\"0\",\"output\":{\"stck_prpr\":\"x\"}}|bad: REST: stck_prpr is not a number that is kept",
                "<html>|bad: REST 200: not an object of JSON",
                "{\"output\":{\"stck_prpr\":\"1\"}}|bad: REST 200: "
            })
    void shouldSayWhatIsWrongWithAnAnswer(String body, String what) {
        assertThat(read(topics("trade/kis:000001"), 200, body)).isEqualTo(Outcome.FAILED);
        assertThat(events.last()).startsWith(what.strip());
    }

    @Test
    void shouldCallSlowlierForPaperMoney() {
        assertThat(rest.callsPerSecond("https://openapivts.koreainvestment.com:29443"))
                .isLessThan(1);
        assertThat(rest.callsPerSecond("https://openapi.koreainvestment.com:9443"))
                .isBetween(10.0, 18.0);
    }

    @Test
    void shouldSurviveSpoiltAnswers() {
        FrameMutator mutator = new FrameMutator(List.of(PRICE, BOOK), 20_270_105);
        KisTokensDrain tokens = new KisTokensDrain();
        for (int i = 0; i < FrameMutator.FRAMES / 10; i++) {
            byte[] body = mutator.next();
            events.lines.clear();
            Outcome outcome = rest.read(
                    topics("trade/kis:000001"), new RestReply(200, Map.of(), body), KisProtocolTest.NOW, events);
            rest.read(topics("book/kis:000001"), new RestReply(500, Map.of(), body), KisProtocolTest.NOW, events);
            tokens.read(body);

            assertThat(outcome == Outcome.OK && events.lines.isEmpty()).isFalse();
        }
    }

    /** The recipes read such answers too. */
    private static final class KisTokensDrain {
        void read(byte[] body) {
            assertThat(new KisApprovalKey().read(200, body, 0)).isNotNull();
            assertThat(new KisAccessToken().read(403, body, 0)).isNotNull();
        }
    }
}
