package io.tickmesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.market.Answer;
import io.tickmesh.market.Candle;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.Notice;
import io.tickmesh.market.StateChange;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which kinds may be conflated, and what becomes of those that may not. */
final class KindsTest extends HubFixture {
    private static final Topic NOTICES = Topic.parse("notice/fmp-1");
    private static final Topic CANDLES = Topic.parse("candle.1m/fmp:AAPL");

    private final List<Session> sessions = new ArrayList<>();

    private static Notice notice(long seq) {
        return new Notice(NOTICES, 7, seq, seq, seq, "fill", Map.of("no", "" + seq));
    }

    private static Candle candle(long seq, long start, long close) {
        Decimal price = Decimal.of(close);
        return new Candle(CANDLES, 7, seq, seq, seq, start, price, price, price, price, null, null);
    }

    private FakeTransport holding(Topic topic, @Nullable Tick newest) {
        FakeTransport client = connect(stream, sessions);
        say(sessions.get(sessions.size() - 1), "{'type':'subscribe','topics':['" + topic + "']}");
        events(new Answer(topic, null, LIVE, 7, newest == null ? 0 : newest.seq(), newest));
        return client;
    }

    private void readAgain(FakeTransport client, Session session) {
        client.reading = true;
        session.flushSoon();
        turns();
    }

    private static List<String> seqs(FakeTransport client) {
        return client.received.stream()
                .filter(frame -> frame.containsKey("seq"))
                .map(frame -> frame.getString("type") + ' ' + frame.getLong("seq"))
                .toList();
    }

    @Test
    void shouldRefuseNoticesUnlessTheFeedIsOpenToClients() {
        FakeTransport client = connect(stream, sessions);
        say(sessions.get(0), "{'type':'subscribe','id':1,'topics':['notice/fmp-2','notice/fmp']}");
        String refusal = "'ok':false,'code':'not_allowed',"
                + "'message':'notice topics need the right to the account; they are off','retry':false}";
        assertThat(client.received.get(1))
                .isEqualTo(new JsonObject(("{'type':'subscribed','id':1,'results':[{'topic':'notice/fmp-2'," + refusal
                                + ",{'topic':'notice/fmp'," + refusal + "]}")
                        .replace('\'', '"')));
        assertThat(sessions.get(0).memberships()).isEmpty();
    }

    @Test
    void shouldTellANoticeInFull() {
        FakeTransport client = holding(NOTICES, null);
        events(notice(1));
        assertThat(client.types()).containsExactly("hello", "subscribed", "snapshot", "tick");
        assertThat(client.received.get(3))
                .isEqualTo(new JsonObject(("{'type':'tick','topic':'notice/fmp-1','epoch':7,'seq':1,'state':'live',"
                                + "'time':1,'received':1,'event':'fill','fields':{'no':'1'}}")
                        .replace('\'', '"')));
    }

    @Test
    void shouldGiveASlowClientEveryNoticeInOrder() {
        FakeTransport client = holding(NOTICES, null);
        client.reading = false;
        LongStream.rangeClosed(1, MOST_ANSWERS).forEach(seq -> events(notice(seq)));
        readAgain(client, sessions.get(0));
        assertThat(seqs(client)).containsExactly("snapshot 0", "tick 1", "tick 2", "tick 3", "tick 4", "tick 5");
        assertThat(sessions.get(0).conflatedTicks()).isZero();
    }

    @Test
    void shouldKeepNoticesAndAnswersInOneOrder() {
        FakeTransport client = holding(NOTICES, null);
        client.reading = false;
        events(notice(1));
        say(sessions.get(0), "{'type':'ping'}");
        events(notice(5), new StateChange(NOTICES, STALE));
        readAgain(client, sessions.get(0));
        assertThat(client.types())
                .containsExactly("hello", "subscribed", "snapshot", "tick", "pong", "gap", "tick", "state");
    }

    @Test
    void shouldCloseASessionThatLeavesTooManyNoticesWaitingAndNoOther() {
        FakeTransport quick = holding(NOTICES, null);
        FakeTransport slow = holding(NOTICES, null);
        FakeTransport other = holding(NOTICES, null);
        slow.reading = false;
        Notice[] all = LongStream.rangeClosed(1, MOST_ANSWERS + 2)
                .mapToObj(KindsTest::notice)
                .toArray(Notice[]::new);
        events(all);
        assertThat(slow.closed).isEqualTo(CloseReason.TOO_SLOW);
        assertThat(hub.sessions()).containsExactly(sessions.get(0), sessions.get(2));
        for (FakeTransport each : List.of(quick, other)) {
            assertThat(seqs(each)).endsWith("tick 5", "tick 6", "tick 7").hasSize(MOST_ANSWERS + 3);
        }
    }

    @Test
    void shouldCloseTheOnlySessionThatLeavesTooManyNoticesWaiting() {
        FakeTransport slow = holding(NOTICES, null);
        slow.reading = false;
        for (long seq = 1; seq <= MOST_ANSWERS + 2; seq++) {
            events(notice(seq));
        }
        assertThat(slow.closed).isEqualTo(CloseReason.TOO_SLOW);
        assertThat(hub.sessions()).isEmpty();
    }

    @Test
    void shouldNotCallAClientSlowForABurstThatWaitsForTheEndOfTheTurn() {
        FakeTransport client = connect(stream, sessions);
        say(sessions.get(0), "{'type':'subscribe','topics':['trade/fmp:AAPL','notice/fmp-1']}");
        events(
                answer(7, 1, trade(7, 1)),
                new Answer(NOTICES, null, LIVE, 7, 0, null),
                notice(1),
                notice(2),
                notice(3),
                notice(4),
                notice(5),
                notice(6),
                notice(7));
        assertThat(client.closed).isNull();
        assertThat(seqs(client))
                .containsExactly(
                        "snapshot 1",
                        "snapshot 0",
                        "tick 1",
                        "tick 2",
                        "tick 3",
                        "tick 4",
                        "tick 5",
                        "tick 6",
                        "tick 7");
    }

    @Test
    void shouldNotLetASnapshotStandInForTheNoticesBehindIt() {
        FakeTransport client = connect(stream, sessions);
        say(sessions.get(0), "{'type':'subscribe','topics':['notice/fmp-1']}");
        client.reading = false;
        events(new Answer(NOTICES, null, LIVE, 7, 4, notice(4)), notice(5), notice(6));
        readAgain(client, sessions.get(0));
        assertThat(seqs(client)).containsExactly("snapshot 4", "tick 5", "tick 6");
    }

    @Test
    void shouldGiveASlowClientTheLastFormOfEachCandle() {
        FakeTransport client = holding(CANDLES, candle(1, 60, 10));
        client.reading = false;
        events(candle(2, 60, 11), candle(3, 60, 12), candle(4, 120, 13), candle(5, 120, 14));
        assertThat(sessions.get(0).waiting()).isEqualTo(3);
        readAgain(client, sessions.get(0));
        assertThat(client.types())
                .containsExactly("hello", "subscribed", "snapshot", "conflated", "tick", "conflated", "tick");
        assertThat(seqs(client)).containsExactly("snapshot 1", "tick 3", "tick 5");
        assertThat(client.received.get(4).getInteger("close")).isEqualTo(12);
    }

    @Test
    void shouldReplaceCandlesAfterAllWhereNoRoomIsLeftForThem() {
        FakeTransport client = holding(CANDLES, candle(1, 60, 10));
        client.reading = false;
        LongStream.rangeClosed(2, 1_000).forEach(seq -> events(candle(seq, 60 * seq, seq)));
        assertThat(client.closed).isNull();
        assertThat(sessions.get(0).waiting()).isLessThanOrEqualTo(1 + MOST_ANSWERS / 2);
        readAgain(client, sessions.get(0));
        assertThat(client.types()).endsWith("tick", "conflated", "tick");
        assertThat(seqs(client)).containsExactly("snapshot 1", "tick 2", "tick 3", "tick 1000");
    }
}
