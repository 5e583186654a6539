package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickmesh.sim.SessionRecord;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A client that does not read, or does not live, costs bounded memory and changes nothing for the others. */
final class SlowClientTest {
    private static final int TOPICS = 200;
    private static final List<String> NAMES = IntStream.range(0, TOPICS)
            .mapToObj(i -> (i % 2 == 0 ? "trade" : "quote") + "/fmp:C" + i / 2)
            .toList();
    private static final String SUBSCRIBE = "{'type':'subscribe','topics':['" + String.join("','", NAMES) + "']}";

    private static final int FLOOD = 20_000;

    private static NodeUnderTest patient;
    private static NodeUnderTest strict;
    private final StreamLedger read = new StreamLedger();

    @BeforeAll
    static void start() {
        patient = NodeUnderTest.quiet();
        strict = NodeUnderTest.quiet(
                "limits.slow_client_after=1s", "limits.client_timeout=2s", "limits.ping_interval=1s");
    }

    @AfterAll
    static void stop() {
        patient.close();
        strict.close();
    }

    private SocketClient reader(NodeUnderTest node) {
        SocketClient reader = node.stream();
        reader.send(SUBSCRIBE);
        reader.readInto(
                read,
                () -> read.topics() == TOPICS
                        && NAMES.stream().allMatch(name -> read.state(name).equals("live")));
        return reader;
    }

    /** Subscribes and reads the snapshots, and then nothing. */
    private static RawClient stuck(NodeUnderTest node, StreamLedger ledger) {
        RawClient client = new RawClient(node.uri("/"));
        client.send(SUBSCRIBE);
        while (ledger.topics() < TOPICS) {
            take(client, ledger);
        }
        return client;
    }

    private static void take(RawClient client, StreamLedger ledger) {
        JsonObject frame = client.next();
        if (frame == null) {
            throw new AssertionError("the connection is over, code " + client.closeCode());
        }
        ledger.take(frame);
    }

    /** Far more than the socket buffers of both sides hold; the reader gets, or is told of, every one of them. */
    private void flood(NodeUnderTest node, SocketClient reader) {
        long all = numbers(read) - sent(node);
        node.fault("burst", new JsonObject().put("feed", "stock").put("frames", FLOOD));
        long last = all + sent(node);
        assertThat(last - all).isGreaterThan(5_000);
        reader.readInto(read, () -> numbers(read) == last);
    }

    /** What the simulator sent; that is less than it was told to where the node is slow itself. */
    private static long sent(NodeUnderTest node) {
        return node.sim().sessions().stream()
                .mapToLong(SessionRecord::framesSent)
                .sum();
    }

    private static long numbers(StreamLedger ledger) {
        return NAMES.stream().mapToLong(ledger::seq).sum();
    }

    @Test
    void shouldKeepOnlyTheNewestForAClientThatDoesNotRead() {
        StreamLedger ledger = new StreamLedger();
        try (SocketClient reader = reader(patient);
                RawClient slow = stuck(patient, ledger)) {
            flood(patient, reader);
            await().until(() -> patient.metric("tickmesh_client_waiting") > 0);
            assertThat(patient.metric("tickmesh_client_waiting")).isLessThanOrEqualTo(TOPICS);
            assertThat(patient.metric("tickmesh_client_conflated_total", "stream"))
                    .isPositive();
            while (numbers(ledger) < numbers(read)) {
                take(slow, ledger);
            }
            assertThat(ledger.conflated()).isGreaterThan(1_000);
            for (String name : NAMES) {
                assertThat(ledger.value(name)).isEqualTo(read.value(name));
            }
        }
    }

    @Test
    void shouldCloseAClientThatTakesNothingForTooLong() {
        try (SocketClient reader = reader(strict);
                RawClient slow = stuck(strict, new StreamLedger())) {
            flood(strict, reader);
            await().until(() -> strict.metric("tickmesh_client_closed_total", "too_slow") == 1);
            JsonObject frame = slow.next();
            while (frame != null) {
                frame = slow.next();
            }
            flood(strict, reader);
        }
    }

    @Test
    void shouldCloseAClientThatAnswersNoPing() {
        double silent = strict.metric("tickmesh_client_closed_total", "silent");
        try (SocketClient alive = strict.stream();
                RawClient dead = new RawClient(strict.uri("/"))) {
            assertThat(dead.next()).isNotNull();
            assertThat(dead.next()).isNull();
            assertThat(dead.closeCode()).isEqualTo(1001);
            assertThat(strict.metric("tickmesh_client_closed_total", "silent")).isEqualTo(silent + 1);
            alive.next("hello");
            alive.send("{'type':'ping'}");
            alive.next("pong");
        }
    }
}
