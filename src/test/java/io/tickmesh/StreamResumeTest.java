package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Native clients that lose their connection while ticks flow, and come back to the same node or to another. */
final class StreamResumeTest {
    private static final String TRADE = "trade/fmp:AAPL";
    private static final String QUOTE = "quote/fmp:AAPL";

    private static NodeUnderTest first;
    private static NodeUnderTest second;

    @BeforeAll
    static void start() {
        String cluster = "cluster.name=" + UUID.randomUUID();
        first = NodeUnderTest.quiet(cluster, "node.name=r1", "limits.linger=100ms");
        second = first.beside(cluster, "node.name=r2", "limits.linger=100ms");
        await().until(() -> first.management("/admin/cluster").body().contains("\"r2\""));
    }

    @AfterAll
    static void stop() {
        second.close();
        first.close();
    }

    @BeforeEach
    void flow() {
        NodeUnderTest.await(first.sim().reset());
        first.change("ticks_per_second", 100);
        first.change("quiet", false);
    }

    private static SocketClient subscribed(NodeUnderTest node) {
        SocketClient client = node.stream();
        client.send("{'type':'subscribe','topics':['" + TRADE + "','" + QUOTE + "']}");
        return client;
    }

    private static void read(SocketClient client, StreamLedger ledger, long ticks) {
        long enough = ledger.ticks(TRADE) + ticks;
        client.readInto(ledger, () -> ledger.ticks(TRADE) >= enough);
    }

    private static StreamLedger begin(NodeUnderTest node, long ticks) {
        StreamLedger ledger = new StreamLedger();
        try (SocketClient client = subscribed(node)) {
            client.readInto(ledger, () -> ledger.topics() == 2);
            read(client, ledger, ticks);
        }
        return ledger;
    }

    /** Somebody holds the topics all the time, so that ticks go on while the client is away. */
    @Test
    void shouldGoOnWithoutASeamOnAnyNodeAndInAnyForm() {
        List<String> forms = List.of("", "?format=compact", "?batch=20", "?format=compact&batch=50");
        Random random = new Random(3);
        try (SocketClient holder = subscribed(first)) {
            StreamLedger ledger = begin(first, 20);
            for (int turn = 0; turn < 24; turn++) {
                long before = ledger.seq(TRADE);
                NodeUnderTest node = random.nextBoolean() ? first : second;
                try (SocketClient client = node.stream(forms.get(turn % 4))) {
                    client.sendExactly(ledger.resume(turn % 3 == 0 ? ",'fields':['time','received','price']" : ""));
                    read(client, ledger, 1 + random.nextInt(40));
                }
                assertThat(ledger.seq(TRADE)).isGreaterThan(before);
            }
            assertThat(ledger.resets(TRADE) + ledger.resets(QUOTE)).isZero();
            assertThat(ledger.resumed()).isGreaterThanOrEqualTo(44);
            assertThat(holder.waiting()).isPositive();
        }
    }

    @Test
    void shouldFetchFromTheOwnerWhatANodeNeverHad() {
        for (NodeUnderTest[] way : new NodeUnderTest[][] {{first, second}, {second, first}}) {
            String topic = "trade/fmp:" + (way[0] == first ? "MSFT" : "NVDA");
            try (SocketClient holder = way[0].stream();
                    SocketClient other = way[1].stream()) {
                holder.send("{'type':'subscribe','topics':['" + topic + "']}");
                StreamLedger ledger = new StreamLedger();
                holder.readInto(ledger, () -> ledger.topics() == 1 && ledger.ticks(topic) >= 10);
                String resume = ledger.resume("");
                holder.next(frame -> "tick".equals(frame.getString("type"))
                        && frame.getLong("seq") >= ledger.seq(topic) + 40);
                other.sendExactly(resume);
                JsonObject resumed = other.nextInto(ledger, "resumed");
                assertThat(resumed.getJsonArray("results").getJsonObject(0).getInteger("missed"))
                        .isGreaterThanOrEqualTo(40);
                other.readInto(ledger, () -> ledger.ticks(topic) >= 120);
                assertThat(ledger.resets(topic)).isZero();
            }
        }
    }

    @Test
    void shouldSayThatItBeginsAnewWhereTooMuchWasMissed() {
        try (SocketClient holder = subscribed(first)) {
            StreamLedger ledger = begin(first, 5);
            holder.next(frame -> TRADE.equals(frame.getString("topic"))
                    && "tick".equals(frame.getString("type"))
                    && frame.getLong("seq") > ledger.seq(TRADE) + 300);
            try (SocketClient client = second.stream()) {
                client.sendExactly(ledger.resume(""));
                JsonObject resumed = client.nextInto(ledger, "resumed");
                assertThat(resumed.getJsonArray("results").getJsonObject(0).getBoolean("reset"))
                        .isTrue();
                read(client, ledger, 20);
            }
            assertThat(ledger.resets(TRADE)).isEqualTo(1);
        }
    }

    @Test
    void shouldKeepToARateAndAccountForWhatItLeavesOut() {
        StreamLedger ledger = StreamLedger.rated();
        try (SocketClient client = first.stream("?format=compact")) {
            client.send("{'type':'subscribe','topics':['" + TRADE + "'],'max_rate':10}");
            long began = System.nanoTime();
            client.readInto(ledger, () -> ledger.topics() == 1 && ledger.ticks(TRADE) >= 30);
            double seconds = (System.nanoTime() - began) / 1e9;
            assertThat(30 / seconds).isLessThan(11);
            assertThat(ledger.conflated()).isGreaterThan(50);
        }
    }
}
