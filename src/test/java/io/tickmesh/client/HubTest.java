package io.tickmesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.HolderCounts;
import io.tickmesh.market.Answer;
import io.tickmesh.market.StateChange;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HubTest extends HubFixture {
    @Test
    void shouldAnswerThenSnapshotThenTicksAndNothingBeforeTheOwnerAnswered() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        assertThat(client.types()).containsExactly("hello");
        assertThat(told.get(told.size() - 1))
                .isEqualTo(new HolderCounts(3, java.util.Map.of(AAPL, 1), Set.of(AAPL), java.util.Map.of("stream", 1)));

        events(answer(7, 4, trade(7, 4)), trade(7, 5));

        assertThat(client.types()).containsExactly("hello", "subscribed", "snapshot");
        assertThat(client.received.get(1))
                .isEqualTo(new JsonObject(
                        "{\"type\":\"subscribed\",\"id\":1,\"results\":[{\"topic\":\"trade/fmp:AAPL\",\"ok\":true,\"n\":1,"
                                + "\"state\":\"live\",\"reason\":\"\"}]}"));
        assertThat(client.received.get(2).getLong("seq")).isEqualTo(5);
        events(trade(7, 6));
        assertThat(client.received.get(3).getLong("seq")).isEqualTo(6);
    }

    @Test
    void shouldGiveALaterSessionTheNewestValueAtOnce() {
        List<Session> sessions = new ArrayList<>();
        connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(7, 4, trade(7, 4)), trade(7, 5));

        FakeTransport second = connect(stream, sessions);
        subscribe(sessions.get(1));

        assertThat(second.types()).containsExactly("hello", "subscribed", "snapshot");
        assertThat(second.received.get(2).getLong("seq")).isEqualTo(5);
        assertThat(told.get(told.size() - 1).asked()).isEmpty();
    }

    @Test
    void shouldSendAnEmptySnapshotWhereNothingIsKnownYet() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(7, 0, null));
        assertThat(client.types()).containsExactly("hello", "subscribed", "snapshot");
        assertThat(client.received.get(2).getLong("seq")).isZero();
        assertThat(client.received.get(2).containsKey("price")).isFalse();
        events(trade(7, 1));
        assertThat(client.types()).endsWith("snapshot", "tick");
    }

    @Test
    void shouldAnnounceALossBeforeTheTick() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(7, 1, trade(7, 1)));
        events(trade(7, 5));
        assertThat(client.types()).endsWith("gap", "tick");
        assertThat(client.received.get(3).getLong("lost")).isEqualTo(3);
    }

    @Test
    void shouldResetWithTheFirstValueOfANewEpochAndNotRepeatIt() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(7, 9, trade(7, 9)));
        events(trade(8, 1), trade(8, 2));
        assertThat(client.types()).endsWith("snapshot", "reset", "tick");
        assertThat(client.received.get(3).getLong("epoch")).isEqualTo(8);
        assertThat(client.received.get(3).getInteger("price")).isEqualTo(101);
    }

    @Test
    void shouldNeverStepBack() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(8, 9, trade(8, 9)));
        events(trade(8, 9), trade(8, 3), trade(7, 99));
        assertThat(client.types()).containsExactly("hello", "subscribed", "snapshot");
    }

    @Test
    void shouldTellADataStateOnceAndOnlyWhenItChanges() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(7, 1, trade(7, 1)));
        events(new StateChange(AAPL, STALE), new StateChange(AAPL, STALE));
        assertThat(client.types()).containsExactly("hello", "subscribed", "snapshot", "state");
        assertThat(client.received.get(3).getString("reason")).isEqualTo("upstream gone");
    }

    @Test
    void shouldTellTheLastHolderLeftAndForgetTheTopic() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(7, 1, trade(7, 1)));
        say(sessions.get(0), "{'type':'unsubscribe','topics':['trade/fmp:AAPL']}");
        assertThat(told.get(told.size() - 1).holders()).containsEntry(AAPL, 0);
        events(trade(7, 2));
        assertThat(client.types()).containsExactly("hello", "subscribed", "snapshot", "unsubscribed");
    }

    @Test
    void shouldAskAnewWhenATopicIsDroppedAndTakenUpWithinOneTurn() {
        List<Session> sessions = new ArrayList<>();
        connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(7, 1, trade(7, 1)));
        Session session = sessions.get(0);
        session.dialect().onText(session, "{\"type\":\"unsubscribe\",\"topics\":[\"trade/fmp:AAPL\"]}");
        subscribe(session);
        HolderCounts last = told.get(told.size() - 1);
        assertThat(last.holders()).containsEntry(AAPL, 1);
        assertThat(last.asked()).containsExactly(AAPL);
    }

    @Test
    void shouldAnswerWithoutTheOwnerAfterTheWaitAndResetWhenItSpeaks() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        timers.forEach(Runnable::run);
        turns();
        assertThat(client.types()).containsExactly("hello", "subscribed", "snapshot");
        assertThat(client.received
                        .get(1)
                        .getJsonArray("results")
                        .getJsonObject(0)
                        .getString("state"))
                .isEqualTo("waiting");
        events(answer(7, 4, trade(7, 4)));
        assertThat(client.types()).endsWith("state", "reset");
    }

    @Test
    void shouldResetAClientThatWasLetInBeforeTheOwnerSpokeWithoutAValue() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        timers.forEach(Runnable::run);
        turns();
        events(answer(7, 3, null));
        events(trade(7, 4));
        assertThat(client.types()).containsExactly("hello", "subscribed", "snapshot", "state", "reset", "tick");
        assertThat(client.received.get(4).getLong("seq")).isEqualTo(3);
    }

    @Test
    void shouldAnswerARequestWhoseTopicWasGivenUpMeanwhileAndSpareItsSuccessor() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        say(sessions.get(0), "{'type':'unsubscribe','topics':['trade/fmp:AAPL']}");
        subscribe(sessions.get(0));
        events(answer(7, 1, trade(7, 1)));
        assertThat(client.types()).containsExactly("hello", "subscribed", "unsubscribed", "subscribed", "snapshot");
        assertThat(client.received
                        .get(1)
                        .getJsonArray("results")
                        .getJsonObject(0)
                        .getString("code"))
                .isEqualTo("not_held");
    }

    @Test
    void shouldAnswerEachTopicOfARequestByItself() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        say(sessions.get(0), "{'type':'subscribe','topics':['trade/fmp:AAPL','x','trade/nobody:A','trade/fmp:AAPL']}");
        events(new Answer(AAPL, "the feed is full", LIVE, 1, 0, null));
        JsonArray results = client.received.get(1).getJsonArray("results");
        assertThat(results).hasSize(4);
        assertThat(results.getJsonObject(0).getString("code")).isEqualTo("refused");
        assertThat(results.getJsonObject(0).getBoolean("retry")).isTrue();
        assertThat(results.getJsonObject(1).getString("code")).isEqualTo("bad_topic");
        assertThat(results.getJsonObject(2).getString("message")).contains("unknown provider 'nobody'");
        assertThat(results.getJsonObject(3).getBoolean("already")).isTrue();
        assertThat(sessions.get(0).memberships()).isEmpty();
    }

    @Test
    void shouldKeepContract1ValuesMovingForwardWithoutFramesThatItDoesNotHave() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(prices, sessions);
        say(sessions.get(0), "{'action':'subscribe','symbols':['AAPL']}");
        events(answer(7, 4, trade(7, 4)));
        events(trade(7, 9), trade(8, 1), new StateChange(AAPL, STALE));
        assertThat(client.types())
                .containsExactly("connected", "subscription", "price_update", "price_update", "price_update");
        assertThat(client.received.get(4).getInteger("last_price")).isEqualTo(101);
    }

    private FakeTransport holdAt(long epoch, long seq) {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(epoch, seq, trade(epoch, seq)));
        client.received.clear();
        return client;
    }

    @Test
    void shouldTellNothingWhereARefreshedAnswerKnowsNothingNew() {
        FakeTransport client = holdAt(7, 4);
        events(answer(7, 4, trade(7, 4)), answer(7, 3, trade(7, 3)), answer(6, 99, trade(6, 99)));
        assertThat(client.types()).isEmpty();
        events(trade(7, 5));
        assertThat(client.types()).containsExactly("tick");
    }

    @Test
    void shouldAnnounceWhatARefreshedAnswerSkipsAndTellItsState() {
        FakeTransport client = holdAt(7, 4);
        events(new Answer(AAPL, null, STALE, 7, 9, trade(7, 9)), trade(7, 10));
        assertThat(client.types()).containsExactly("state", "gap", "tick", "tick");
        assertThat(client.received.get(1).getLong("lost")).isEqualTo(4);
        assertThat(client.received.get(2).getLong("seq")).isEqualTo(9);
    }

    @Test
    void shouldAnnounceBeforeTheNextTickWhatARefreshedAnswerSkipsWithoutAValue() {
        FakeTransport client = holdAt(7, 4);
        events(answer(7, 9, trade(7, 4)), trade(7, 10));
        assertThat(client.types()).containsExactly("gap", "tick");
        assertThat(client.received.get(0).getLong("lost")).isEqualTo(5);
    }

    @Test
    void shouldResetToANewEpochThatHasNoValueYetAndShowTheLastOne() {
        FakeTransport client = holdAt(7, 4);
        events(answer(8, 0, trade(7, 4)), trade(8, 1));
        assertThat(client.types()).containsExactly("reset", "tick");
        assertThat(client.received.get(0).getLong("epoch")).isEqualTo(8);
        assertThat(client.received.get(0).getLong("seq")).isZero();
        assertThat(client.received.get(0).getInteger("price")).isEqualTo(104);
    }

    @Test
    void shouldResetOnceToTheAnswerOfANewEpoch() {
        FakeTransport client = holdAt(7, 4);
        events(answer(8, 3, trade(8, 3)), trade(7, 5), trade(8, 4));
        assertThat(client.types()).containsExactly("reset", "tick");
        assertThat(client.received.get(0).getInteger("price")).isEqualTo(103);
    }
}
