package io.tickmesh.upstream;

import static io.tickmesh.upstream.Setups.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.UpstreamConfig;
import io.tickmesh.market.Answer;
import io.tickmesh.market.Book;
import io.tickmesh.market.DataState;
import io.tickmesh.market.FeedState;
import io.tickmesh.market.PoolEvent;
import io.tickmesh.market.Quote;
import io.tickmesh.market.StateChange;
import io.tickmesh.upstream.upbit.Upbit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a pool of Upbit does about what is Upbit's own. */
class UpbitPoolTest {
    private final EngineBench bench = new EngineBench(new PoolSetup(
            "n1",
            List.of(new FeedConfig(
                    "upbit",
                    "upbit",
                    "",
                    FeedConfig.Mode.LIVE,
                    "ws://nowhere",
                    "http://nowhere",
                    200,
                    FeedConfig.Overflow.FALLBACK,
                    Map.of(),
                    null)),
            UpstreamConfig.DEFAULTS,
            Setups.LINGER,
            new Upbit(1)));

    static RestReply reply(int status, String body) {
        return new RestReply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldNotConnectBeforeABlockIsOver() {
        bench.start();
        int blocked = bench.link;
        bench.link().onUpgradeRefused(blocked, reply(418, "Blocked for 600 seconds."), bench.now);

        assertThat(bench.link().state()).isEqualTo(FeedState.WAITING);
        assertThat(bench.link().reason()).isEqualTo("cannot connect: HTTP 418");
        bench.pass(599 * SECOND);
        assertThat(bench.link).isEqualTo(blocked);
        bench.pass(SECOND);
        assertThat(bench.link).isEqualTo(blocked + 1);
    }

    @Test
    void shouldHoldOtherAnswersToAnUpgradeForAConnectThatFailed() {
        bench.start();
        bench.link().onUpgradeRefused(bench.link, reply(503, ""), bench.now);
        assertThat(bench.link().state()).isEqualTo(FeedState.WAITING);
        assertThat(bench.retries.pauseEnd() - bench.now)
                .isEqualTo(UpstreamConfig.DEFAULTS.backoffFirst().toNanos());
        bench.pass(10 * SECOND);
        bench.link().onUpgradeRefused(bench.link, reply(401, ""), bench.now);
        assertThat(bench.link().state()).isEqualTo(FeedState.SUSPENDED);
    }

    private static final String LEVELS = "[{\"market\":\"KRW-BTC\",\"supported_levels\":[\"0\",\"10000\",\"100000\"]}]";
    private static final String LIST = "[{\"market\":\"KRW-BTC\",\"korean_name\":\"x\"},{\"market\":\"KRW-ETH\"}]";

    private List<String> lists() {
        return bench.calls.stream()
                .map(RestCall::toString)
                .filter(call -> call.equals("GET /v1/market/all"))
                .toList();
    }

    private List<String> answers() {
        return bench.told("n1", Answer.class).stream()
                .map(answer -> answer.topic() + " " + answer.refusal())
                .toList();
    }

    @Test
    void shouldRefuseAMarketThatIsNotInTheList() {
        bench.start();
        bench.pass(1);
        bench.interest("n1", 1, "trade/upbit:KRW-NOPE");
        assertThat(answers()).as("no list yet").containsExactly("trade/upbit:KRW-NOPE null");

        bench.answer(reply(200, LIST));
        bench.interest("n1", 2, "book.5/upbit:KRW-OTHER", "ticker/upbit:KRW-ETH");

        List<PoolEvent> told = bench.told("n1");
        assertThat(told.stream().filter(StateChange.class::isInstance).map(StateChange.class::cast))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.topic()).hasToString("trade/upbit:KRW-NOPE");
                    assertThat(change.state().state()).isEqualTo(DataState.WAITING);
                    assertThat(change.state().reason()).isEqualTo("upbit has no KRW-NOPE");
                });
        assertThat(told.stream().filter(Answer.class::isInstance).map(Answer.class::cast))
                .extracting(answer -> answer.topic() + " " + answer.refusal())
                .containsExactly("book.5/upbit:KRW-OTHER upbit has no KRW-OTHER", "ticker/upbit:KRW-ETH null");
    }

    @Test
    void shouldAskForTheListNowAndThenAndKeepTheOldOneWhileThereIsNoNewOne() {
        bench.start();
        bench.pass(1);
        bench.answer(null);
        bench.pass(30 * SECOND - 1);
        assertThat(lists()).hasSize(1);
        bench.pass(1);
        assertThat(lists()).hasSize(2);
        bench.answer(reply(200, LIST));
        bench.pass(SECOND);
        bench.answer(reply(200, LEVELS));
        bench.pass(598 * SECOND);
        assertThat(lists()).hasSize(2);
        bench.pass(SECOND);
        assertThat(lists()).hasSize(3);

        bench.answer(reply(418, "Blocked for 3 minutes"));
        bench.pass(179 * SECOND);
        assertThat(lists()).hasSize(3);
        bench.pass(SECOND);
        bench.answer(reply(200, "[{\"market\":\"KRW-B"));
        bench.interest("n1", 1, "trade/upbit:KRW-NEW", "trade/upbit:KRW-BTC");
        assertThat(answers()).containsExactly("trade/upbit:KRW-NEW upbit has no KRW-NEW", "trade/upbit:KRW-BTC null");
        bench.pass(30 * SECOND);
        bench.answer(reply(200, "[{\"market\":\"KRW-NEW\"},{\"market\":\"KRW-BTC\"}]"));
        bench.interest("n2", 1, "trade/upbit:KRW-NEW");

        assertThat(bench.told("n2", Answer.class))
                .singleElement()
                .satisfies(answer -> assertThat(answer.refusal()).isNull());
    }

    @Test
    void shouldRefuseALevelThatIsNotInTheListAndNameThoseThatAre() {
        bench.start();
        bench.pass(1);
        bench.interest("n1", 1, "book.5.7/upbit:KRW-BTC");
        bench.answer(reply(200, LIST));
        bench.interest("n2", 1, "book.5.8/upbit:KRW-BTC");
        assertThat(bench.told("n2", Answer.class)).as("levels not known yet").allMatch(each -> each.refusal() == null);
        assertThat(answers()).containsExactly("book.5.7/upbit:KRW-BTC null");

        bench.pass(SECOND);
        assertThat(bench.calls.get(bench.calls.size() - 1))
                .hasToString("GET /v1/orderbook/instruments?markets=KRW-BTC,KRW-ETH");
        bench.answer(reply(200, LEVELS));
        String why = "upbit groups the book of KRW-BTC by the levels 10000, 100000, not 7";
        assertThat(bench.told("n1", StateChange.class)).singleElement().satisfies(change -> {
            assertThat(change.topic()).hasToString("book.5.7/upbit:KRW-BTC");
            assertThat(change.state().reason()).isEqualTo(why);
        });
        bench.interest(
                "n3",
                1,
                "book.30.7/upbit:KRW-BTC",
                "book.5.10000/upbit:KRW-BTC",
                "book.5/upbit:KRW-BTC",
                "book.5.7/upbit:KRW-ETH",
                "book.5.7/upbit:KRW-NOPE");
        assertThat(bench.told("n3", Answer.class))
                .extracting(answer -> answer.topic() + " " + answer.refusal())
                .containsExactly(
                        "book.30.7/upbit:KRW-BTC " + why,
                        "book.5.10000/upbit:KRW-BTC null",
                        "book.5/upbit:KRW-BTC null",
                        "book.5.7/upbit:KRW-ETH null",
                        "book.5.7/upbit:KRW-NOPE upbit has no KRW-NOPE");
    }

    @Test
    void shouldKeepTheLevelsThatItKnowsWhereAnAnswerFails() {
        bench.start();
        bench.pass(1);
        bench.answer(reply(200, LIST));
        bench.pass(SECOND);
        bench.answer(reply(200, LEVELS));
        bench.pass(600 * SECOND);
        assertThat(lists()).hasSize(2);
        bench.answer(reply(200, LIST));
        bench.pass(SECOND);
        bench.answer(reply(500, ""));
        bench.interest("n1", 1, "book.5.7/upbit:KRW-BTC");
        assertThat(answers()).singleElement().asString().endsWith("10000, 100000, not 7");

        bench.pass(29 * SECOND);
        assertThat(lists()).as("soon after a failure").hasSize(3);
        bench.answer(reply(200, LIST.replace("KRW-BTC", "KRW-XRP")));
        bench.pass(SECOND);
        bench.answer(reply(200, LEVELS.replace("KRW-BTC", "KRW-XRP")));
        bench.interest("n2", 1, "book.5.7/upbit:KRW-BTC");
        assertThat(bench.told("n2", Answer.class))
                .singleElement()
                .satisfies(answer -> assertThat(answer.refusal()).isEqualTo("upbit has no KRW-BTC"));
    }

    private static String book(String level, int price) {
        return "{'ty':'orderbook','cd':'KRW-BTC','tms':1827302400000,'st':'REALTIME','lv':" + level + ",'obu':[{'ap':"
                + price + ",'as':1,'bp':1,'bs':2},{'ap':200,'as':3,'bp':1,'bs':4}]}";
    }

    private List<String> books(String node) {
        return bench.told(node, Book.class).stream()
                .map(each -> each.topic() + " " + each.asks().get(0).price() + " of "
                        + each.asks().size())
                .toList();
    }

    @Test
    void shouldGiveEachLevelOfABookToItsOwnTopicsOverOneConnection() {
        bench.start();
        bench.open();
        bench.interest(
                "n1",
                1,
                "book.1.10000/upbit:KRW-BTC",
                "book.15.10000/upbit:KRW-BTC",
                "book.5.0.1/upbit:KRW-BTC",
                "book.5/upbit:KRW-BTC",
                "quote/upbit:KRW-BTC");
        bench.pass(2 * SECOND);
        assertThat(bench.sent)
                .last()
                .asString()
                .contains(
                        "{'type':'orderbook','codes':['KRW-BTC.15'],'level':10000}",
                        "{'type':'orderbook','codes':['KRW-BTC.5'],'level':0.1}",
                        "{'type':'orderbook','codes':['KRW-BTC.5']}");
        assertThat(bench.link().registered()).isEqualTo(3);
        bench.told("n1");

        bench.frame(book("10000", 110));
        assertThat(books("n1"))
                .containsExactlyInAnyOrder(
                        "book.1.10000/upbit:KRW-BTC 110 of 1", "book.15.10000/upbit:KRW-BTC 110 of 2");
        bench.frame(book("1e-1", 120));
        assertThat(books("n1")).containsExactly("book.5.0.1/upbit:KRW-BTC 120 of 2");
        bench.frame(book("0", 130));
        List<PoolEvent> plain = bench.told("n1");
        assertThat(plain.stream().filter(Book.class::isInstance))
                .singleElement()
                .satisfies(each -> assertThat(((Book) each).topic()).hasToString("book.5/upbit:KRW-BTC"));
        assertThat(plain.stream().filter(Quote.class::isInstance)).hasSize(1);
        bench.frame(book("100000", 140));
        assertThat(books("n1")).isEmpty();
    }

    @Test
    void shouldBelieveATickMoreThanTheList() {
        bench.start();
        bench.pass(1);
        bench.open();
        bench.interest("n1", 1, "trade/upbit:KRW-XRP");
        bench.pass(SECOND);
        bench.frame("{'ty':'trade','cd':'KRW-XRP','tp':1,'tv':2,'ab':'BID','sid':5,'st':'REALTIME'}");
        bench.answer(reply(200, LIST));
        bench.interest("n2", 1, "trade/upbit:KRW-XRP");

        assertThat(bench.told("n2", Answer.class)).singleElement().satisfies(answer -> {
            assertThat(answer.refusal()).isNull();
            assertThat(answer.state().state()).isEqualTo(DataState.LIVE);
        });
    }

    private static final String BOOK =
            "{'ty':'orderbook','cd':'KRW-BTC','tms':1827302400000,'st':'SNAPSHOT','tas':9,'tbs':8,"
                    + "'obu':[{'ap':101,'as':1,'bp':99,'bs':2},{'ap':102,'as':3,'bp':98,'bs':4}]}";

    private Answer joined(String node, String topic) {
        bench.interest(node, 1, topic);
        return bench.told(node, Answer.class).get(0);
    }

    @Test
    void shouldGiveAFirstValueToWhoJoinsARegistrationThatIsThere() {
        bench.start();
        bench.open();
        bench.interest("n1", 1, "book.5/upbit:KRW-BTC");
        bench.pass(2 * SECOND);
        bench.frame(BOOK);
        int sent = bench.sent.size();

        Answer book = joined("n2", "book.5/upbit:KRW-BTC");
        Answer best = joined("n3", "book.1/upbit:KRW-BTC");
        Answer quote = joined("n4", "quote/upbit:KRW-BTC");
        bench.pass(2 * SECOND);

        assertThat(bench.sent).as("none needs a registration more").hasSize(sent);
        assertThat(book.newest())
                .isInstanceOfSatisfying(
                        Book.class, each -> assertThat(each.asks()).hasSize(2));
        assertThat(best.newest()).isInstanceOfSatisfying(Book.class, each -> {
            assertThat(each.topic()).hasToString("book.1/upbit:KRW-BTC");
            assertThat(each.bids()).hasSize(1);
            assertThat(each.seq()).isEqualTo(best.seq()).isEqualTo(1);
        });
        assertThat(quote.newest()).isInstanceOfSatisfying(Quote.class, each -> {
            assertThat(each.askPrice()).hasToString("101");
            assertThat(each.bidSize()).hasToString("2");
            assertThat(each.providerTime()).isEqualTo(1_827_302_400_000_000L);
        });
        bench.frame(BOOK.replace("SNAPSHOT", "REALTIME").replace("101", "100.5"));
        assertThat(bench.told("n4", Quote.class))
                .singleElement()
                .satisfies(each -> assertThat(each.seq()).isEqualTo(2));
    }

    @Test
    void shouldLeaveADeeperBookToItsOwnSnapshot() {
        bench.start();
        bench.open();
        bench.interest("n1", 1, "book.5/upbit:KRW-BTC");
        bench.pass(2 * SECOND);
        bench.frame(BOOK);
        Answer deeper = joined("n2", "book.15/upbit:KRW-BTC");
        bench.pass(2 * SECOND);

        assertThat(deeper.newest()).isNull();
        assertThat(bench.sent.get(bench.sent.size() - 1))
                .contains("'KRW-BTC.15'")
                .doesNotContain("is_only_realtime");
    }

    @Test
    void shouldBeginWithNothingThatMayBeOld() {
        bench.start();
        bench.open();
        bench.interest("n1", 1, "book.5/upbit:KRW-BTC");
        bench.pass(2 * SECOND);
        bench.frame(BOOK);
        bench.lose();

        assertThat(joined("n2", "quote/upbit:KRW-BTC").newest()).isNull();
    }
}
