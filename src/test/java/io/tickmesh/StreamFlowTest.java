package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many native clients of one node while ticks flow. */
final class StreamFlowTest {
    private static final String TRADE = "trade/fmp:AAPL";
    private static final String QUOTE = "quote/fmp:AAPL";
    private static final String SUBSCRIBE = "{'type':'subscribe','topics':['" + TRADE + "','" + QUOTE + "']}";

    private static NodeUnderTest node;

    @BeforeAll
    static void start() {
        node = NodeUnderTest.quiet();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void quiet() {
        NodeUnderTest.await(node.sim().reset());
    }

    private static SocketClient subscribed() {
        SocketClient client = node.stream();
        client.send(SUBSCRIBE);
        client.next("subscribed");
        return client;
    }

    /** New connections take the event loops in turn, so that these are on all of them. */
    @Test
    void shouldShowClientsOnAllEventLoopsTheSameStream() {
        List<SocketClient> clients =
                Stream.generate(StreamFlowTest::subscribed).limit(4).toList();
        clients.forEach(client -> client.next(
                frame -> QUOTE.equals(frame.getString("topic")) && "live".equals(frame.getString("state"))));
        node.fault("burst", new JsonObject().put("feed", "stock").put("frames", 500));
        List<List<String>> seen = new ArrayList<>();
        for (SocketClient client : clients) {
            List<String> ticks = new ArrayList<>();
            while (ticks.size() < 500) {
                JsonObject frame = client.next();
                if (frame.getString("type").equals("tick")) {
                    ticks.add(frame.toString());
                }
            }
            seen.add(ticks);
            client.close();
        }
        assertThat(seen).allMatch(ticks -> ticks.equals(seen.get(0)));
    }

    @Test
    void shouldGiveAClientThatJoinsUnderLoadASnapshotAndThenEveryTick() {
        try (SocketClient holder = subscribed()) {
            StreamLedger held = new StreamLedger();
            node.change("ticks_per_second", 1_000);
            node.change("quiet", false);
            for (int join = 0; join < 50; join++) {
                joinAndRead();
            }
            node.change("quiet", true);
            holder.readInto(held, () -> holder.waiting() == 0);
            assertThat(held.ticks(TRADE) + held.ticks(QUOTE)).isGreaterThan(1_000);
        }
        assertThat(node.metric("tickmesh_cache_lost_ticks_total")).isZero();
    }

    private static void joinAndRead() {
        try (SocketClient client = node.stream()) {
            StreamLedger ledger = new StreamLedger();
            client.send(SUBSCRIBE);
            client.readInto(ledger, () -> ledger.topics() == 2 && ledger.ticks(TRADE) >= 20);
        }
    }
}
