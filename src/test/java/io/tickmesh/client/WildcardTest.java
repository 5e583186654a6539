package io.tickmesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.Released;
import io.tickmesh.market.Answer;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.Topic;
import io.tickmesh.market.Trade;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All topics of a kind and provider that the node holds, for sessions that may have them. */
final class WildcardTest extends HubFixture {
    private static final Topic MSFT = Topic.parse("trade/fmp:MSFT");
    private static final Topic QUOTES = Topic.parse("quote/fmp:MSFT");

    private final List<Session> sessions = new ArrayList<>();

    @BeforeEach
    void allow() {
        stream.allowWildcards(true);
    }

    private FakeTransport asking(String topic) {
        FakeTransport client = connect(stream, sessions);
        say(sessions.get(sessions.size() - 1), "{'type':'subscribe','topics':['" + topic + "']}");
        return client;
    }

    private static Trade trade(Topic topic, long seq) {
        return new Trade(topic, 7, seq, 1, 1, Decimal.of(seq), null, null, null, null);
    }

    private static List<String> told(FakeTransport client) {
        return client.received.stream()
                .skip(2)
                .map(frame -> frame.getString("type") + ' ' + frame.getString("topic")
                        + (frame.containsKey("seq") ? " " + frame.getLong("seq") : ""))
                .toList();
    }

    @Test
    void shouldShowWhatTheNodeHoldsAndComesToHoldAndHoldNothingItself() {
        FakeTransport client = asking("trade/fmp:*");
        assertThat(client.received.get(1).getJsonArray("results").getJsonObject(0))
                .isEqualTo(new JsonObject("{\"topic\":\"trade/fmp:*\",\"ok\":true}"));
        assertThat(hub.wildcards().takePrefixes()).containsExactly("trade/fmp:");
        events(answer(7, 4, trade(7, 4)), new Answer(QUOTES, null, LIVE, 7, 0, null));
        events(trade(7, 5), trade(MSFT, 1));
        events(new Answer(MSFT, null, LIVE, 7, 1, trade(MSFT, 1)));
        events(trade(MSFT, 2));
        assertThat(told(client))
                .containsExactly(
                        "snapshot trade/fmp:AAPL 4",
                        "tick trade/fmp:AAPL 5",
                        "snapshot trade/fmp:MSFT 1",
                        "tick trade/fmp:MSFT 2");
        assertThat(client.received.get(4).getLong("n")).isEqualTo(2);
        assertThat(told).allMatch(counts -> counts.holders().isEmpty() && counts.asked().isEmpty());
        assertThat(sessions.get(0).held()).isEqualTo(1);
    }

    @Test
    void shouldSayWhenATopicIsHeldNoMoreAndBeginAgainWhenItIs() {
        FakeTransport client = asking("trade/fmp:*");
        events(answer(7, 4, trade(7, 4)));
        hub.wildcards().onReleased(new Released(List.of(AAPL, MSFT)));
        turns();
        events(trade(7, 5));
        assertThat(told(client)).containsExactly("snapshot trade/fmp:AAPL 4", "done trade/fmp:AAPL");
        events(answer(7, 6, trade(7, 6)));
        assertThat(told(client)).endsWith("done trade/fmp:AAPL", "snapshot trade/fmp:AAPL 6");
    }

    @Test
    void shouldGoOnWhereATopicIsTakenUpAgainBeforeASlowClientHeardOfItsEnd() {
        FakeTransport client = asking("trade/fmp:*");
        events(answer(7, 4, trade(7, 4)));
        client.reading = false;
        hub.wildcards().onReleased(new Released(List.of(AAPL)));
        events(answer(7, 5, trade(7, 5)));
        events(trade(7, 6));
        client.reading = true;
        sessions.get(0).flushSoon();
        turns();
        events(trade(7, 7));
        assertThat(told(client))
                .containsExactly("snapshot trade/fmp:AAPL 4", "snapshot trade/fmp:AAPL 6", "tick trade/fmp:AAPL 7");
    }

    @Test
    void shouldSendATopicOnceThoughItIsAskedForByItselfToo() {
        FakeTransport client = asking("trade/fmp:*");
        events(answer(7, 4, trade(7, 4)));
        subscribe(sessions.get(0));
        assertThat(told.get(told.size() - 1).asked()).containsExactly(AAPL);
        events(answer(7, 4, trade(7, 4)), trade(7, 5));
        say(sessions.get(0), "{'type':'unsubscribe','topics':['trade/fmp:AAPL']}");
        assertThat(told.get(told.size() - 1).holders()).containsEntry(AAPL, 0);
        events(trade(7, 6));
        assertThat(told(client))
                .containsExactly(
                        "snapshot trade/fmp:AAPL 4",
                        "subscribed null",
                        "snapshot trade/fmp:AAPL 4",
                        "tick trade/fmp:AAPL 5",
                        "snapshot trade/fmp:AAPL 5",
                        "unsubscribed null",
                        "tick trade/fmp:AAPL 6");
    }

    @Test
    void shouldTakeFormsAndRatesForAllItsTopics() {
        FakeTransport client = asking("trade/fmp:*");
        events(answer(7, 4, trade(7, 4)));
        say(sessions.get(0), "{'type':'options','format':'compact'}");
        say(sessions.get(0), "{'type':'configure','topics':['trade/fmp:*'],'fields':['price'],'max_rate':1}");
        events(trade(7, 5), trade(7, 6), new Answer(MSFT, null, LIVE, 7, 0, null));
        events(trade(MSFT, 1), trade(MSFT, 2));
        pass(1_010);
        assertThat(client.texts.subList(5, client.texts.size()))
                .containsExactly(
                        "[1,5,5000,105]",
                        "{\"type\":\"snapshot\",\"topic\":\"trade/fmp:MSFT\",\"epoch\":7,\"seq\":0,\"n\":2,"
                                + "\"state\":\"live\",\"reason\":\"\",\"since\":1,\"simulated\":false}",
                        "[1,6,6000,106]",
                        "{\"type\":\"conflated\",\"topic\":\"trade/fmp:MSFT\",\"count\":1}",
                        "[2,2,1,2]");
    }

    @Test
    void shouldEndWithItsSessionOrItsUnsubscribe() {
        FakeTransport client = asking("trade/fmp:*");
        asking("trade/fmp:*");
        events(answer(7, 4, trade(7, 4)));
        say(sessions.get(0), "{'type':'list'}");
        assertThat(client.received.get(3).getJsonArray("topics")).containsExactly("trade/fmp:*");
        say(sessions.get(0), "{'type':'unsubscribe','topics':['trade/fmp:*','quote/fmp:*']}");
        assertThat(client.received.get(4).getJsonArray("results").getJsonObject(1).getString("code"))
                .isEqualTo("not_held");
        sessions.get(1).close(CloseReason.CUT);
        turns();
        events(trade(7, 5), answer(7, 5, trade(7, 5)));
        assertThat(client.received).hasSize(5);
        assertThat(hub.numbers().topicOf(1)).isNull();
    }

    @Test
    void shouldRefuseWhatIsNotAllowedOrMakesNoSense() {
        for (String topic : List.of("trade/nobody:*", "dance/fmp:*", "notice/kis:*", ":*", "trade/:*")) {
            assertThat(asking(topic).received.get(1).getJsonArray("results").getJsonObject(0).getString("code"))
                    .as(topic)
                    .isEqualTo("bad_topic");
        }
        stream.allowWildcards(false);
        assertThat(asking("trade/fmp:*")
                        .received
                        .get(1)
                        .getJsonArray("results")
                        .getJsonObject(0)
                        .getString("code"))
                .isEqualTo("not_allowed");
    }
}
