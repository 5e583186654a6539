package io.tickmesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KiwoomSessionTest {
    private static final List<String> SAMSUNG = List.of("005930");

    private final KiwoomBench bench = new KiwoomBench(KiwoomSimSettings.DEFAULTS);

    private static String system(String code) {
        return "{\"trnm\":\"SYSTEM\",\"code\":\"" + code + "\"";
    }

    private static List<String> codes(int count) {
        return IntStream.range(0, count)
                .mapToObj(each -> String.format("%06d", 900_001 + each))
                .toList();
    }

    private void assertBye(KiwoomBench.Client client) {
        assertThat(client.wire.closeCode).isEqualTo(1000);
        assertThat(client.wire.closeReason).isEqualTo("Bye");
        assertThat(bench.record(client).isOpen()).isFalse();
    }

    @Test
    void shouldLogInAfter20To30Milliseconds() {
        KiwoomBench.Client client = bench.connect();
        client.say("{\"trnm\":\"LOGIN\",\"token\":\"" + bench.token() + "\"}");
        bench.pass(10);
        assertThat(client.wire.texts).isEmpty();

        bench.pass(20);

        assertThat(client.wire.texts).containsExactly(KiwoomBench.LOGGED_IN);
        assertThat(bench.record(client).isLoggedIn()).isTrue();
        assertThat(bench.record(client).frames().get(0).text()).contains("\"token\":\"***");
    }

    @Test
    void shouldEndASocketThatDoesNotLogInFor10Seconds() {
        KiwoomBench.Client client = bench.connect();
        bench.pass(9_990);
        assertThat(client.wire.texts).isEmpty();

        bench.pass(10);

        assertThat(client.wire.texts.get(0)).isEqualTo(KiwoomBench.PING);
        assertThat(client.wire.last()).startsWith(system("R10004"));
        assertBye(client);
    }

    @Test
    void shouldRefuseABadTokenWithTheInnerCodeAndSayWhyItEnds() {
        KiwoomBench.Client client = bench.connect().login("Bearer " + bench.token());

        JsonObject answer = new JsonObject(client.wire.texts.get(0));
        assertThat(answer.getValue("return_code")).isEqualTo(805_004);
        assertThat(answer.getString("return_msg")).contains("[CODE=8005, MESSAGE=Token이 유효하지 않습니다]");
        assertThat(client.wire.texts.get(1)).startsWith(system("R10004"));
        assertBye(client);
    }

    @Test
    void shouldNotSendSystemAfterARefusalOnMock() {
        bench.change("profile", "mock");
        KiwoomBench.Client client = bench.connect().login("guess");

        assertThat(client.wire.texts).hasSize(1);
        assertBye(client);
    }

    @Test
    void shouldRefuseALiveTokenOnMock() {
        String token = bench.token();
        bench.change("profile", "mock");

        assertThat(bench.connect().login(token).wire.last()).contains("CODE=8031");
    }

    @Test
    void shouldRefuseATokenOfAnotherAddress() {
        Map<String, String> headers = Map.of("content-type", "application/json");
        Reply reply = bench.post("/oauth2/token", headers, KiwoomBench.credentials(), "10.9.9.9");
        String token = new JsonObject(reply.body()).getString("token");

        assertThat(bench.connect().login(token).wire.texts.get(0)).contains("CODE=8010");
    }

    @Test
    void shouldRefuseEverythingBeforeTheLoginIsAnsweredAndForgetIt() {
        KiwoomBench.Client client = bench.connect();
        client.say("{\"trnm\":\"LOGIN\",\"token\":\"" + bench.token() + "\"}");
        client.register("1", SAMSUNG, "0B");
        assertThat(client.answer().getValue("return_code")).isEqualTo(100_013);
        assertThat(client.answer().getString("trnm")).isEqualTo("REG");
        assertThat(client.answer().getString("return_msg")).endsWith("(TRNM=%s)");

        bench.pass(2_000);

        assertThat(client.wire.last()).isEqualTo(KiwoomBench.LOGGED_IN);
        assertThat(client.frames()).isEmpty();
    }

    @Test
    void shouldKickTheOlderSessionOfAnAppKey() {
        KiwoomBench.Client older = bench.loggedIn();
        KiwoomBench.Client newer = bench.loggedIn().register("1", SAMSUNG, "0B");
        bench.pass(2_000);

        assertThat(older.wire.last()).startsWith(system("R10001"));
        assertBye(older);
        assertThat(newer.frames()).isNotEmpty();
    }

    @Test
    void shouldKeepASocketThatEchoesAndLogsInAgain() {
        KiwoomBench.Client client = bench.loggedIn();
        client.live(300_000);
        client.login(bench.token());

        assertThat(client.wire.texts).contains(KiwoomBench.PING);
        assertThat(client.wire.last()).isEqualTo(KiwoomBench.LOGGED_IN);
        assertThat(client.wire.closeCode).isZero();
    }

    @Test
    void shouldPingEvery10SecondsFromTheConnectionAndEndAfterFiveMisses() {
        KiwoomBench.Client client = bench.connect();
        bench.pass(5_000);
        client.login(bench.token());
        bench.pass(54_950);
        assertThat(client.wire.texts.stream().filter(KiwoomBench.PING::equals)).hasSize(5);
        assertThat(client.wire.closeCode).isZero();

        bench.pass(10);

        assertThat(client.wire.last()).startsWith(system("R10002"));
        assertBye(client);
    }

    @Test
    void shouldTakeNeitherPongNorAProtocolPingForAnEcho() {
        KiwoomBench.Client client = bench.loggedIn();
        for (int i = 0; i < 6; i++) {
            bench.pass(10_000);
            client.session.onPing(bench.now);
            client.say("{\"trnm\":\"PONG\"}");
            client.say("PING");
        }

        assertBye(client);
        assertThat(bench.record(client).closeReason()).isEqualTo("no heartbeat");
    }

    @Test
    void shouldEndAClientThatEchoesSystem() {
        KiwoomBench.Client client = bench.loggedIn();
        client.say("{\"trnm\":\"SYSTEM\",\"code\":\"R10003\",\"message\":\"\"}");

        assertBye(client);
    }

    @Test
    void shouldAnswerRegistrationsInOrderAndFeedOnlyWhatIsRegistered() {
        KiwoomBench.Client client =
                bench.loggedIn().register("1", SAMSUNG, "0B").register("2", List.of("000660_AL"), "0D");
        assertThat(client.wire.texts).endsWith(KiwoomBench.REGISTERED, KiwoomBench.REGISTERED);
        bench.pass(3_000);

        assertThat(client.entries("0B"))
                .isNotEmpty()
                .allMatch(each -> each.getString("item").equals("005930"));
        assertThat(client.entries("0D"))
                .isNotEmpty()
                .allMatch(each -> each.getString("item").equals("000660_AL"));
        assertThat(client.entries())
                .hasSize(client.entries("0B").size() + client.entries("0D").size());
    }

    @Test
    void shouldAcknowledgeUnknownSymbolsAndFeedNothing() {
        KiwoomBench.Client client = bench.loggedIn().register("1", List.of("KRX:005930", "999999", "005930_XX"), "0B");
        assertThat(client.wire.last()).isEqualTo(KiwoomBench.REGISTERED);
        bench.pass(3_000);

        assertThat(client.frames()).isEmpty();
    }

    @Test
    void shouldRefuseUnknownTypesAndWrongForms() {
        KiwoomBench.Client client = bench.loggedIn();
        List<String> wrong = List.of(
                "{'trnm':'REG','grp_no':'1','data':[{'item':['005930'],'type':['0b']}]}",
                "{'trnm':'REG','grp_no':'1','data':[{'item':'005930','type':'0B'}]}",
                "{'trnm':'REG','grp_no':1,'data':[{'item':['005930'],'type':['0B']}]}",
                "{'trnm':'REG','grp_no':'12345','data':[{'item':['005930'],'type':['0B']}]}",
                "{'trnm':'REG','grp_no':'1','refresh':'2','data':[{'item':['005930'],'type':['0B']}]}",
                "{'trnm':'REG','grp_no':'1','data':[]}",
                "{'trnm':'REG','grp_no':'1','data':[7]}",
                "{'trnm':'NEWS'}");
        for (String each : wrong) {
            int before = client.wire.texts.size();
            client.say(each.replace('\'', '"'));
            assertThat(client.wire.texts).hasSize(before + 1);
            assertThat(client.answer().getValue("return_code")).as(each).isEqualTo(1);
        }
        client.say("no json");
        client.say("[]");
        client.say("{\"trnm\":7}");
        bench.pass(2_000);
        assertThat(client.frames()).isEmpty();
        assertThat(client.wire.closeCode).isZero();
    }

    @Test
    void shouldRefuseARegistrationBeyondTheLimitsWhole() {
        KiwoomBench.Client client = bench.loggedIn();
        client.register("1", codes(101), "0B");
        assertThat(client.answer().getValue("return_code")).isEqualTo(1);
        client.register("1", codes(100), "0B", "0D");
        assertThat(client.wire.last()).isEqualTo(KiwoomBench.REGISTERED);
        client.register("1", SAMSUNG, "0B");
        assertThat(client.answer().getValue("return_code")).isEqualTo(1);
        client.register("2", SAMSUNG, "0B");
        assertThat(client.wire.last()).isEqualTo(KiwoomBench.REGISTERED);

        bench.change("items_per_session", 100);
        client.register("3", List.of("000660"), "0B");

        assertThat(client.answer().getValue("return_code")).isEqualTo(1);
        assertThat(bench.record(client).tickers())
                .hasSize(201)
                .contains("0B:005930")
                .doesNotContain("0B:000660");
    }

    @Test
    void shouldDropTheGroupOnRefreshUnlessTheScopeIsTheSession() {
        KiwoomBench.Client client =
                bench.loggedIn().register("1", SAMSUNG, "0B").register("2", List.of("000660"), "0B");
        client.change("REG", "1", "0", List.of("035720"), "0B");
        assertThat(bench.record(client).tickers()).containsExactlyInAnyOrder("0B:035720", "0B:000660");

        bench.change("refresh_scope", "session");
        client.change("REG", "1", "0", SAMSUNG, "0B");

        assertThat(bench.record(client).tickers()).containsExactly("0B:005930");
    }

    @Test
    void shouldKeepAPairThatAnotherGroupStillHolds() {
        KiwoomBench.Client client =
                bench.loggedIn().register("1", SAMSUNG, "0B").register("2", SAMSUNG, "0B");
        client.change("REMOVE", "1", "1", SAMSUNG, "0B");
        assertThat(client.wire.last()).isEqualTo("{\"trnm\":\"REMOVE\",\"return_code\":0,\"return_msg\":\"\"}");
        bench.pass(3_000);
        int fed = client.frames().size();
        assertThat(fed).isPositive();

        client.change("REMOVE", "3", "1", SAMSUNG, "0B").change("REMOVE", "2", "1", SAMSUNG, "0D");
        bench.pass(3_000);
        assertThat(client.frames()).hasSizeGreaterThan(fed);
        client.change("REMOVE", "2", "1", SAMSUNG, "0B");
        int atRemove = client.entries().size();
        bench.pass(3_000);

        assertThat(client.entries()).hasSize(atRemove);
        assertThat(bench.record(client).tickers()).isEmpty();
    }

    @Test
    void shouldSayByeAgainAndAgainWhenToldTo() {
        bench.change("bye_every_ms", 60_000);
        KiwoomBench.Client client = bench.loggedIn();
        client.live(59_900);
        assertThat(client.wire.closeCode).isZero();

        client.live(100);

        assertThat(client.wire.texts).noneMatch(each -> each.contains("SYSTEM"));
        assertBye(client);
    }

    @Test
    void shouldSpeakTheOtherRecordedSpellingsWhenToldTo() {
        bench.exchange.change(new JsonObject()
                .put("system_keys", "return_code")
                .put("text_codes", true)
                .put("bare_ping", true)
                .put("ping_misses", 1));
        KiwoomBench.Client client = bench.loggedIn();
        assertThat(client.answer().getValue("return_code")).isEqualTo("0");
        bench.pass(10_000);
        assertThat(client.wire.last()).isEqualTo("PING");
        client.say("PING");
        bench.pass(10_000);
        assertThat(client.wire.closeCode).isZero();
        bench.pass(10_000);

        assertThat(client.answer().getString("return_code")).isEqualTo("R10002");
    }

    @Test
    void shouldTakeManyBlocksInOneRequest() {
        KiwoomBench.Client client = bench.loggedIn();
        JsonArray blocks = new JsonArray()
                .add(new JsonObject("{\"item\":[\"005930\"],\"type\":[\"0B\",\"0C\"]}"))
                .add(new JsonObject("{\"item\":[\"\"],\"type\":[\"0s\"]}"));
        client.say(new JsonObject()
                .put("trnm", "REG")
                .put("grp_no", "1")
                .put("data", blocks)
                .encode());

        assertThat(bench.record(client).tickers()).containsExactly("0B:005930", "0C:005930", "0s:");
    }
}
