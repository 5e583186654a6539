package io.tickmesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.market.StateChange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SlowSessionTest extends HubFixture {
    @Test
    void shouldGiveASlowClientOnlyTheNewestAndSayHowManyItReplaced() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport slow = connect(stream, sessions);
        FakeTransport quick = connect(stream, sessions);
        subscribe(sessions.get(0));
        subscribe(sessions.get(1));
        events(answer(7, 1, trade(7, 1)));
        slow.reading = false;
        for (long seq = 2; seq <= 1_000; seq++) {
            events(trade(7, seq));
        }
        assertThat(sessions.get(0).waiting()).isEqualTo(1);
        assertThat(quick.received.stream().filter(frame -> "tick".equals(frame.getString("type"))))
                .hasSize(999);

        slow.reading = true;
        sessions.get(0).flushSoon();
        turns();

        assertThat(slow.types()).containsExactly("hello", "subscribed", "snapshot", "conflated", "tick");
        assertThat(slow.received.get(3).getInteger("count")).isEqualTo(998);
        assertThat(slow.received.get(4).getLong("seq")).isEqualTo(1_000);
    }

    @Test
    void shouldAnnounceLossAndConflationApartToASlowClient() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport slow = connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(7, 1, trade(7, 1)));
        slow.reading = false;
        events(trade(7, 2), trade(7, 3), trade(7, 10), new StateChange(AAPL, STALE));
        slow.reading = true;
        sessions.get(0).flushSoon();
        turns();
        assertThat(slow.types()).endsWith("snapshot", "gap", "conflated", "tick", "state");
        assertThat(slow.received.get(3).getLong("lost")).isEqualTo(6);
        assertThat(slow.received.get(4).getInteger("count")).isEqualTo(2);
    }

    @Test
    void shouldResetASlowClientOnceHoweverManyEpochsWentBy() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport slow = connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(7, 1, trade(7, 1)));
        slow.reading = false;
        events(trade(7, 2), trade(8, 1), trade(9, 1), trade(9, 2));
        slow.reading = true;
        sessions.get(0).flushSoon();
        turns();
        assertThat(slow.types()).containsExactly("hello", "subscribed", "snapshot", "reset");
        assertThat(slow.received.get(3).getLong("epoch")).isEqualTo(9);
        assertThat(slow.received.get(3).getLong("seq")).isEqualTo(2);
    }

    @Test
    void shouldCloseAClientWhoseAnswersPileUp() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport slow = connect(stream, sessions);
        slow.reading = false;
        IntStream.range(0, MOST_ANSWERS).forEach(i -> say(sessions.get(0), "{'type':'ping'}"));
        assertThat(slow.closed).isNull();
        say(sessions.get(0), "{'type':'ping'}");
        assertThat(slow.closed).isEqualTo(CloseReason.TOO_SLOW);
        assertThat(hub.sessions()).isEmpty();
    }

    @Test
    void shouldFlushASessionOnceATurnHoweverManyTicksItGot() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(stream, sessions);
        subscribe(sessions.get(0));
        events(answer(7, 1, trade(7, 1)));
        int before = client.flushes;
        events(trade(7, 2), trade(7, 3), trade(7, 4), trade(7, 5));
        assertThat(client.flushes - before).isEqualTo(1);
        assertThat(client.received).hasSize(7);
    }

    @Test
    void shouldConflateContract1PerInstrument() {
        List<Session> sessions = new ArrayList<>();
        FakeTransport client = connect(prices, sessions);
        say(sessions.get(0), "{'action':'subscribe','symbols':['AAPL']}");
        events(answer(7, 1, trade(7, 1)));
        client.reading = false;
        events(trade(7, 2), trade(7, 3));
        client.reading = true;
        sessions.get(0).flushSoon();
        turns();
        assertThat(client.types()).containsExactly("connected", "subscription", "price_update", "price_update");
        assertThat(client.received.get(3).getInteger("last_price")).isEqualTo(103);
    }
}
