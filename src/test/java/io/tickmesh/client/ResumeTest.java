package io.tickmesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.client.stream.History;
import io.tickmesh.market.Answer;
import io.tickmesh.market.Position;
import io.tickmesh.market.Quote;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session that comes back and says how far it had come. */
final class ResumeTest extends HubFixture implements History {
    private final List<Session> sessions = new ArrayList<>();
    private List<Position> asked = List.of();
    private Consumer<Map<Topic, List<Tick>>> then = found -> {};

    @BeforeEach
    void beTheHistory() {
        stream.historyFrom(this);
    }

    @Override
    public void find(List<Position> positions, Consumer<Map<Topic, List<Tick>>> whenFound) {
        asked = positions;
        then = whenFound;
    }

    private void found(long epoch, long first, long last) {
        List<Tick> ticks = LongStream.rangeClosed(first, last)
                .<Tick>mapToObj(seq -> trade(epoch, seq))
                .toList();
        then.accept(Map.of(AAPL, ticks));
        turns();
    }

    private FakeTransport resuming(long epoch, long seq) {
        FakeTransport client = connect(stream, sessions);
        resume(sessions.get(sessions.size() - 1), epoch, seq);
        return client;
    }

    private void resume(Session session, long epoch, long seq) {
        say(
                session,
                "{'type':'resume','id':3,'positions':[{'topic':'trade/fmp:AAPL','epoch':" + epoch + ",'seq':" + seq
                        + "}]}");
    }

    private static List<String> told(FakeTransport client) {
        return client.received.stream()
                .skip(1)
                .map(frame -> frame.getString("type")
                        + (frame.containsKey("seq") ? " " + frame.getLong("seq") : "")
                        + (frame.containsKey("count") ? " " + frame.getLong("count") : "")
                        + (frame.containsKey("lost") ? " " + frame.getLong("lost") : ""))
                .toList();
    }

    private static JsonObject result(FakeTransport client) {
        return client.received.get(1).getJsonArray("results").getJsonObject(0);
    }

    @Test
    void shouldSendWhatWasMissedAndGoOn() {
        FakeTransport client = resuming(7, 4);
        events(answer(7, 6, trade(7, 6)));
        assertThat(asked).containsExactly(new Position(AAPL, 7, 4));
        assertThat(told(client)).isEmpty();
        events(trade(7, 7));
        found(7, 5, 7);
        events(trade(7, 8));
        assertThat(told(client)).containsExactly("resumed", "tick 5", "tick 6", "tick 7", "tick 8");
        assertThat(result(client))
                .isEqualTo(new JsonObject("{\"topic\":\"trade/fmp:AAPL\",\"ok\":true,\"n\":1,\"state\":\"live\","
                        + "\"reason\":\"\",\"missed\":3}"));
    }

    @Test
    void shouldSendNothingTwiceWhereTheHistoryIsAheadOfThisNode() {
        FakeTransport client = resuming(7, 4);
        events(answer(7, 6, trade(7, 6)));
        found(7, 5, 9);
        events(trade(7, 7), trade(7, 8), trade(7, 9), trade(7, 10));
        assertThat(told(client))
                .containsExactly("resumed", "tick 5", "tick 6", "tick 7", "tick 8", "tick 9", "tick 10");
    }

    @Test
    void shouldAskAgainWhereTheTopicWentOnMeanwhile() {
        FakeTransport client = resuming(7, 4);
        events(answer(7, 6, trade(7, 6)));
        events(trade(7, 7), trade(7, 8));
        found(7, 5, 7);
        assertThat(told(client)).isEmpty();
        found(7, 5, 8);
        assertThat(told(client)).containsExactly("resumed", "tick 5", "tick 6", "tick 7", "tick 8");
    }

    @Test
    void shouldBeginAnewRatherThanAskForEver() {
        FakeTransport client = resuming(7, 4);
        events(answer(7, 6, trade(7, 6)));
        for (long seq = 7; told(client).isEmpty(); seq++) {
            assertThat(seq).isLessThan(20);
            events(trade(7, seq));
            found(7, 5, seq - 1);
        }
        assertThat(result(client).getBoolean("reset")).isTrue();
        assertThat(told(client)).hasSize(2).last().asString().startsWith("reset");
    }

    @Test
    void shouldSendNothingToASessionThatMissedNothing() {
        FakeTransport client = resuming(7, 6);
        events(answer(7, 6, trade(7, 6)));
        assertThat(asked).isEmpty();
        assertThat(result(client).getInteger("missed")).isZero();
        events(trade(7, 7));
        assertThat(told(client)).containsExactly("resumed", "tick 7");
    }

    @Test
    void shouldNotStepBackWhereTheSessionIsAheadOfThisNode() {
        FakeTransport client = resuming(7, 8);
        events(answer(7, 6, trade(7, 6)));
        events(trade(7, 7), trade(7, 8), trade(7, 9));
        assertThat(told(client)).containsExactly("resumed", "tick 9");
    }

    @Test
    void shouldTellOnlyTheLossThatIsNewToTheSession() {
        FakeTransport client = resuming(7, 8);
        events(answer(7, 6, trade(7, 6)));
        events(trade(7, 12));
        events(trade(7, 15));
        assertThat(told(client)).containsExactly("resumed", "gap 3", "tick 12", "gap 2", "tick 15");
    }

    @Test
    void shouldGoOnWhereTheOwnerOfALaterEpochSpeaksAtLast() {
        FakeTransport client = resuming(8, 3);
        events(answer(7, 6, trade(7, 6)), trade(7, 7), answer(8, 2, trade(8, 2)), trade(8, 3), trade(8, 4));
        assertThat(told(client)).containsExactly("resumed", "tick 4");
        FakeTransport other = resuming(9, 3);
        events(answer(9, 5, trade(9, 5)), trade(9, 6));
        assertThat(told(other)).containsExactly("resumed", "reset 5", "tick 6");
    }

    @Test
    void shouldBeginAnewWhereThePositionWasNeverOneOfTheTopic() {
        FakeTransport client = resuming(7, 1_000_000);
        events(answer(7, 6, trade(7, 6)), trade(7, 7));
        assertThat(told(client)).containsExactly("resumed");
        List.copyOf(timers).forEach(Runnable::run);
        turns();
        events(trade(7, 8));
        assertThat(told(client)).containsExactly("resumed", "reset 7", "tick 8");
    }

    @Test
    void shouldBeginAnewInAnotherEpochOrWhereTheHistoryDoesNotReach() {
        FakeTransport older = resuming(6, 99);
        events(answer(7, 6, trade(7, 6)));
        assertThat(told(older)).containsExactly("resumed", "reset 6");
        assertThat(result(older).getBoolean("reset")).isTrue();
        FakeTransport late = resuming(7, 1);
        then.accept(Map.of());
        turns();
        FakeTransport partly = resuming(7, 1);
        found(7, 3, 6);
        FakeTransport endless = resuming(7, 0);
        events(trade(7, 7));
        for (FakeTransport client : List.of(late, partly)) {
            assertThat(told(client)).containsExactly("resumed", "reset 6", "tick 7");
        }
        assertThat(told(endless)).isEmpty();
        found(7, 1, 7);
        assertThat(told(endless)).hasSize(8).endsWith("tick 7");
    }

    @Test
    void shouldNotForgetATopicThatGoesOnWhileTheHistoryOfAnotherIsOnTheWay() {
        Topic quotes = Topic.parse("quote/fmp:AAPL");
        FakeTransport client = connect(stream, sessions);
        say(
                sessions.get(0),
                "{'type':'resume','positions':[{'topic':'trade/fmp:AAPL','epoch':7,'seq':6},"
                        + "{'topic':'quote/fmp:AAPL','epoch':7,'seq':1}]}");
        Quote first = new Quote(quotes, 7, 2, 1, 1, null, null, null, null, null);
        events(answer(7, 6, trade(7, 6)), new Answer(quotes, null, LIVE, 7, 2, first));
        events(trade(7, 7));
        then.accept(Map.of(AAPL, List.of(), quotes, List.of(first)));
        then.accept(Map.of(AAPL, List.of(trade(7, 7)), quotes, List.of(first)));
        turns();
        assertThat(told(client)).containsExactly("resumed", "tick 7", "tick 2");
    }

    @Test
    void shouldNotAskForMoreThanMayWait() {
        FakeTransport client = resuming(7, 1);
        events(answer(7, 20_000, trade(7, 20_000)));
        assertThat(asked).isEmpty();
        assertThat(told(client)).containsExactly("resumed", "reset 20000");
    }

    @Test
    void shouldBeginAnewForKindsWithoutHistoryUnlessNothingHappened() {
        Topic books = Topic.parse("book/fmp:AAPL");
        FakeTransport client = connect(stream, sessions);
        say(
                sessions.get(0),
                "{'type':'resume','positions':[{'topic':'book/fmp:AAPL','epoch':7,'seq':3},"
                        + "{'topic':'ticker/fmp:AAPL','epoch':7,'seq':3},{'topic':'x','epoch':7,'seq':3}]}");
        events(
                new Answer(books, null, LIVE, 7, 4, null),
                new Answer(Topic.parse("ticker/fmp:AAPL"), null, LIVE, 7, 3, null));
        assertThat(told(client)).containsExactly("resumed", "reset 4");
        assertThat(client.received
                        .get(1)
                        .getJsonArray("results")
                        .getJsonObject(1)
                        .getInteger("missed"))
                .isZero();
        assertThat(client.received
                        .get(1)
                        .getJsonArray("results")
                        .getJsonObject(2)
                        .getString("code"))
                .isEqualTo("bad_topic");
    }

    @Test
    void shouldKeepTheOrderForASlowClientAndSayWhatItMissedAfterwards() {
        FakeTransport client = resuming(7, 4);
        events(answer(7, 6, trade(7, 6)));
        client.room = 3;
        found(7, 5, 9);
        assertThat(told(client)).containsExactly("resumed", "tick 5", "tick 6");
        events(trade(7, 7), trade(7, 8), trade(7, 9), trade(7, 10), trade(7, 11), trade(7, 14));
        client.room = 100;
        sessions.get(0).flushSoon();
        turns();
        assertThat(told(client))
                .containsExactly(
                        "resumed", "tick 5", "tick 6", "tick 7", "tick 8", "tick 9", "gap 2", "conflated 2", "tick 14");
        assertThat(sessions.get(0).waiting()).isZero();
    }

    @Test
    void shouldResumeIntoTheFormAndRateThatAreWanted() {
        FakeTransport client = connect(stream, sessions);
        say(sessions.get(0), "{'type':'options','format':'compact'}");
        say(
                sessions.get(0),
                "{'type':'resume','positions':[{'topic':'trade/fmp:AAPL','epoch':7,'seq':4}],'max_rate':1,"
                        + "'fields':['price']}");
        events(answer(7, 6, trade(7, 6)));
        found(7, 5, 6);
        events(trade(7, 7), trade(7, 8), trade(7, 9));
        pass(1_010);
        assertThat(client.texts.subList(3, client.texts.size()))
                .containsExactly(
                        "[1,5,5000,105]",
                        "[1,6,6000,106]",
                        "[1,7,7000,107]",
                        "{\"type\":\"conflated\",\"topic\":\"trade/fmp:AAPL\",\"count\":1}",
                        "[1,9,9000,109]");
    }

    @Test
    void shouldRefusePositionsThatMakeNoSense() {
        FakeTransport client = connect(stream, sessions);
        for (String positions : List.of(
                "",
                ",'positions':[]",
                ",'positions':[7]",
                ",'positions':[{'topic':'a','epoch':1}]",
                ",'positions':[{'topic':'a','epoch':-1,'seq':1}]",
                ",'positions':[{'topic':'a','epoch':1.5,'seq':1}]",
                ",'positions':[{'topic':'a','epoch':1,'seq':1e99}]")) {
            say(sessions.get(0), "{'type':'resume'" + positions + "}");
            assertThat(client.received.get(client.received.size() - 1).getString("code"))
                    .isEqualTo("bad_request");
        }
    }
}
