package io.tickmesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.market.StateChange;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a session may want of a topic: only a snapshot, only what follows, at most so many ticks. */
final class WishesTest extends HubFixture {
    private final List<Session> sessions = new ArrayList<>();

    private FakeTransport asking(String options) {
        FakeTransport client = connect(stream, sessions);
        say(sessions.get(sessions.size() - 1), "{'type':'subscribe','topics':['trade/fmp:AAPL']" + options + "}");
        return client;
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

    @Test
    void shouldGiveOneSnapshotAndLeave() {
        FakeTransport client = asking(",'preference':'snapshot_only'");
        events(answer(7, 4, trade(7, 4)), trade(7, 5));
        assertThat(told(client)).containsExactly("subscribed", "snapshot 5", "done");
        assertThat(client.received.get(3))
                .isEqualTo(new JsonObject("{\"type\":\"done\",\"topic\":\"trade/fmp:AAPL\"}"));
        assertThat(sessions.get(0).memberships()).isEmpty();
        assertThat(this.told.get(this.told.size() - 1).holders()).containsEntry(AAPL, 0);
    }

    @Test
    void shouldWaitForTheFirstValueWhereThereIsNoneAndSayNothingElse() {
        FakeTransport client = asking(",'preference':'snapshot_only'");
        FakeTransport other = asking("");
        events(answer(7, 0, null), new StateChange(AAPL, STALE), answer(8, 0, null));
        assertThat(told(client)).containsExactly("subscribed");
        events(trade(8, 1), trade(8, 2));
        assertThat(told(client)).containsExactly("subscribed", "snapshot 2", "done");
        events(trade(8, 3));
        assertThat(client.received).hasSize(4);
        assertThat(told(other)).endsWith("tick 1", "tick 2", "tick 3");
    }

    @Test
    void shouldGiveASnapshotAgainToASessionThatAsksAgain() {
        FakeTransport client = asking(",'preference':'snapshot_only'");
        events(answer(7, 0, null));
        say(sessions.get(0), "{'type':'subscribe','topics':['trade/fmp:AAPL']}");
        events(answer(7, 0, null));
        events(trade(7, 1));
        assertThat(told(client)).containsExactly("subscribed", "subscribed", "snapshot 0", "tick 1");
    }

    @Test
    void shouldBeginAtThePositionOfTheResultWhereNoSnapshotIsWanted() {
        FakeTransport client = asking(",'preference':'realtime_only'");
        events(answer(7, 4, trade(7, 4)), trade(7, 5));
        JsonObject result = client.received.get(1).getJsonArray("results").getJsonObject(0);
        assertThat(result.getLong("epoch")).isEqualTo(7);
        assertThat(result.getLong("seq")).isEqualTo(4);
        events(trade(7, 6), trade(7, 9));
        assertThat(told(client)).containsExactly("subscribed", "tick 5", "tick 6", "gap 2", "tick 9");
    }

    @Test
    void shouldResetWhereTheOwnerSpeaksAfterASessionBegan() {
        FakeTransport client = asking(",'preference':'realtime_only'");
        timers.forEach(Runnable::run);
        turns();
        events(answer(7, 4, trade(7, 4)));
        assertThat(told(client)).containsExactly("subscribed", "state", "reset 4");
    }

    @Test
    void shouldKeepToTheRateAndSayOnceASecondHowManyItLeftOut() {
        FakeTransport client = asking(",'max_rate':5");
        events(answer(7, 0, null));
        for (long seq = 1; seq <= 300; seq++) {
            events(trade(7, seq));
            pass(10);
        }
        long ticks = client.types().stream().filter("tick"::equals).count();
        long conflated = client.types().stream().filter("conflated"::equals).count();
        assertThat(ticks).isBetween(14L, 17L);
        assertThat(conflated).isBetween(2L, 4L);
        checkDebts(client, 300);
    }

    /** Every tick left out is told of, with the next {@code conflated} at the latest. */
    private static void checkDebts(FakeTransport client, long last) {
        long debt = 0;
        long seq = 0;
        long announced = 0;
        for (JsonObject frame : client.received) {
            switch (frame.getString("type")) {
                case "conflated" -> announced = frame.getLong("count");
                case "tick" -> {
                    debt += frame.getLong("seq") - seq - 1;
                    assertThat(announced).isIn(0L, debt);
                    debt -= announced;
                    announced = 0;
                    seq = frame.getLong("seq");
                }
                default -> {
                    // nothing of numbers
                }
            }
        }
        assertThat(seq).isBetween(last - 21, last);
    }

    @Test
    void shouldSendTheNewestWhenItIsDueThoughNothingFollows() {
        FakeTransport client = asking(",'max_rate':2");
        events(answer(7, 1, trade(7, 1)));
        events(trade(7, 2), trade(7, 3), trade(7, 4));
        assertThat(told(client)).containsExactly("subscribed", "snapshot 1");
        pass(510);
        assertThat(told(client)).containsExactly("subscribed", "snapshot 1", "conflated 2", "tick 4");
        pass(5_000);
        assertThat(told(client)).hasSize(4);
        assertThat(hub.wheel().waiting()).isZero();
        events(trade(7, 5));
        assertThat(told(client)).endsWith("tick 4", "tick 5");
    }

    @Test
    void shouldTellALossAResetAndAStateAtOnceWhateverTheRate() {
        FakeTransport client = asking(",'max_rate':0.5");
        events(answer(7, 1, trade(7, 1)));
        events(trade(7, 2), trade(7, 5), new StateChange(AAPL, STALE));
        assertThat(told(client)).containsExactly("subscribed", "snapshot 1", "gap 2", "state");
        pass(2_010);
        assertThat(told(client)).endsWith("state", "conflated 1", "tick 5");
        events(trade(7, 6), trade(8, 1));
        assertThat(told(client)).endsWith("tick 5", "reset 1");
        pass(4_000);
        assertThat(told(client)).endsWith("tick 5", "reset 1");
    }

    /** Those that are replaced after a loss was told belong to the same count as those before. */
    @Test
    void shouldSayHowManyItLeftOutRightBeforeTheTickAndNotWithALoss() {
        FakeTransport client = asking(",'max_rate':5");
        events(answer(7, 1, trade(7, 1)));
        client.reading = false;
        events(trade(7, 2), trade(7, 3), trade(7, 6));
        client.reading = true;
        sessions.get(0).flushSoon();
        turns();
        assertThat(told(client)).containsExactly("subscribed", "snapshot 1", "gap 2");
        events(trade(7, 7), trade(7, 8));
        pass(210);
        assertThat(told(client)).endsWith("gap 2", "conflated 4", "tick 8");
    }

    @Test
    void shouldChangeTheRateWhileRunning() {
        FakeTransport client = asking("");
        events(answer(7, 0, null), trade(7, 1), trade(7, 2));
        say(sessions.get(0), "{'type':'configure','topics':['trade/fmp:AAPL'],'max_rate':1}");
        events(trade(7, 3), trade(7, 4), trade(7, 5));
        assertThat(told(client)).endsWith("configured", "tick 3");
        say(sessions.get(0), "{'type':'configure','topics':[1,2,'trade/fmp:MSFT'],'max_rate':null}");
        assertThat(told(client)).endsWith("tick 3", "configured", "conflated 1", "tick 5");
        assertThat(client.received.stream()
                        .filter(frame -> frame.getString("type").equals("configured"))
                        .skip(1)
                        .findFirst()
                        .orElseThrow()
                        .getJsonArray("results"))
                .isEqualTo(new JsonObject("""
                        {"results":[{"topic":"trade/fmp:AAPL","ok":true},
                          {"n":2,"ok":false,"code":"not_held","message":"this session does not hold 2","retry":false},
                          {"topic":"trade/fmp:MSFT","ok":false,"code":"not_held",
                           "message":"this session does not hold trade/fmp:MSFT","retry":false}]}
                        """).getJsonArray("results"));
        events(trade(7, 6), trade(7, 7));
        assertThat(told(client)).endsWith("tick 5", "tick 6", "tick 7");
    }

    @Test
    void shouldTakeTheNewOptionsOfATopicThatIsHeld() {
        FakeTransport client = asking("");
        events(answer(7, 0, null));
        say(sessions.get(0), "{'type':'subscribe','topics':['trade/fmp:AAPL'],'max_rate':1,'fields':['price']}");
        events(trade(7, 1), trade(7, 2));
        assertThat(told(client)).endsWith("snapshot 0", "subscribed", "tick 1");
        assertThat(client.received.get(4).containsKey("received")).isFalse();
        assertThat(client.received.get(3).getJsonArray("results").getJsonObject(0))
                .isEqualTo(new JsonObject("{\"topic\":\"trade/fmp:AAPL\",\"ok\":true,\"already\":true,\"n\":1}"));
    }

    @Test
    void shouldHoldBackNothingForASessionThatLeft() {
        asking(",'max_rate':0.01");
        events(answer(7, 1, trade(7, 1)), trade(7, 2), trade(7, 3));
        assertThat(hub.wheel().waiting()).isLessThanOrEqualTo(1);
        sessions.get(0).close(CloseReason.CUT);
        turns();
        assertThat(hub.wheel().waiting()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'preference':'all'  | preference must be both, snapshot_only or realtime_only
            'preference':7      | preference must be both, snapshot_only or realtime_only
            'max_rate':0        | max_rate must be a number from 0.01 to 1000
            'max_rate':1001     | max_rate must be a number from 0.01 to 1000
            'max_rate':'5'      | max_rate must be a number from 0.01 to 1000
            'fields':'price'    | fields must be an array of strings
            'fields':[]         | fields must not be empty
            'fields':[1]        | fields[0] must be a string, but is 1
            """)
    void shouldRefuseAWishThatMakesNoSense(String wish, String message) {
        FakeTransport client = asking("," + wish);
        assertThat(client.received.get(1).getString("code")).isEqualTo("bad_request");
        assertThat(client.received.get(1).getString("message")).isEqualTo(message);
        assertThat(sessions.get(0).memberships()).isEmpty();
    }
}
