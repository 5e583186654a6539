package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The channel service on two nodes is one: clients, users, channels, counts and histories. */
final class ChannelClusterTest {
    private static final int CHANNELS = 12;

    private final String cluster = "cluster.name=" + UUID.randomUUID();
    private final List<SocketClient> clients = new ArrayList<>();
    private NodeUnderTest a;
    private NodeUnderTest b;

    private NodeUnderTest node(String name) {
        return NodeUnderTest.quiet(
                cluster, "node.name=" + name, "feeds.fmp-crypto.mode=off", "feeds.fmp-forex.mode=off");
    }

    @BeforeEach
    void start() {
        a = node("a");
        b = node("b");
    }

    @AfterEach
    void stop() {
        clients.forEach(SocketClient::close);
        b.close();
        a.close();
    }

    private SocketClient connect(NodeUnderTest node, String client) {
        SocketClient socket = node.channels(client);
        clients.add(socket);
        assertThat(socket.next().getString("type")).isEqualTo("connected");
        return socket;
    }

    private static JsonObject subscribe(SocketClient socket, String channel, String more) {
        socket.send("{'type':'subscribe','channel':'" + channel + "'" + more + "}");
        JsonObject result = socket.next("subscription_result");
        assertThat(result.getBoolean("success")).isTrue();
        return result;
    }

    /** Nothing but the answer comes. */
    private static void expectNothing(SocketClient socket) {
        socket.send("{'type':'ping'}");
        assertThat(socket.next().getString("type")).isEqualTo("pong");
    }

    private static void awaitTogether(NodeUnderTest... nodes) {
        for (NodeUnderTest node : nodes) {
            await().until(() -> node.metric("tickmesh_channel_nodes") == nodes.length
                    && node.metric("tickmesh_channel_awaited") == 0);
        }
    }

    @Test
    void shouldReachEachClientOnceWhereverItIs() {
        awaitTogether(a, b);
        SocketClient one = connect(a, "one?user_id=alice");
        SocketClient two = connect(b, "two?user_id=alice");
        SocketClient three = connect(b, "three?user_id=bob");
        SocketClient four = connect(a, "four");
        for (SocketClient each : List.of(one, two, three)) {
            subscribe(each, "news", "");
        }

        assertThat(a.sendTo("channel/news", "{'type':'n','x':1}")).isEqualTo(3);
        assertThat(b.sendTo("channel/news", "{'type':'n','x':2}")).isEqualTo(3);
        assertThat(a.sendTo("user/alice", "{'type':'n','x':3}")).isEqualTo(2);
        assertThat(b.sendTo("user/alice", "{'type':'n','x':4}")).isEqualTo(2);
        assertThat(a.sendTo("client/two", "{'type':'n','x':5}")).isEqualTo(1);
        assertThat(b.sendTo("users", "{'users':['alice','bob','nobody','alice'],'message':{'type':'n','x':6}}"))
                .isEqualTo(3);
        assertThat(a.sendTo("all", "{'type':'n','x':7}")).isEqualTo(4);
        assertThat(a.sendTo("client/nobody", "{'type':'n','x':8}")).isZero();
        assertThat(b.sendTo("channel/empty", "{'type':'n','x':9}")).isZero();

        expect(one, 1, 2, 3, 4, 6, 7);
        expect(two, 1, 2, 3, 4, 5, 6, 7);
        expect(three, 1, 2, 6, 7);
        expect(four, 7);
    }

    private static int relay(SocketClient by, String to, String message) {
        by.send("{'type':'relay'," + to + ",'message':" + message + "}");
        return by.next("relayed").getInteger("reached");
    }

    /** As above, but by a handler that somebody else wrote; a message that has its time keeps it. */
    @Test
    void shouldReachFromAHandlerWhatAnOperatorReaches() {
        awaitTogether(a, b);
        SocketClient one = connect(a, "one?user_id=alice");
        SocketClient two = connect(b, "two?user_id=alice");
        SocketClient three = connect(b, "three?user_id=bob");
        subscribe(two, "news", "");
        subscribe(three, "news", "");

        assertThat(relay(one, "'to':'channel','name':'news'", "{'type':'n','x':1}"))
                .isEqualTo(2);
        assertThat(relay(one, "'to':'user','name':'bob'", "{'type':'n','x':2}")).isEqualTo(1);
        assertThat(relay(one, "'to':'users','names':['alice','bob','eve']", "{'type':'n','x':3}"))
                .isEqualTo(3);
        assertThat(relay(three, "'to':'client','name':'two'", "{'type':'n','x':4}"))
                .isEqualTo(1);
        assertThat(relay(three, "'to':'client','name':'nobody'", "{'type':'n','x':5}"))
                .isZero();
        assertThat(relay(two, "'to':'all'", "{'type':'own','timestamp':'mine','message_number':'its own'}"))
                .isEqualTo(3);

        for (SocketClient each : List.of(one, three)) {
            assertThat(each.next("own"))
                    .isEqualTo(new JsonObject()
                            .put("type", "own")
                            .put("timestamp", "mine")
                            .put("message_number", "its own"));
        }
    }

    private static void expect(SocketClient socket, int... numbers) {
        List<Integer> got = new ArrayList<>();
        for (int ignored : numbers) {
            JsonObject frame = socket.next();
            assertThat(frame.getString("timestamp")).isNotEmpty();
            got.add(frame.getInteger("x"));
        }
        assertThat(got)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.of(numbers).boxed().toList());
        expectNothing(socket);
    }

    @Test
    void shouldTellOfTheWholeClusterOnEachNode() {
        awaitTogether(a, b);
        connect(a, "one?user_id=alice");
        SocketClient two = connect(b, "two?user_id=alice");
        subscribe(two, "news", "");
        subscribe(clients.get(0), "news", "");
        subscribe(clients.get(0), "other", "");

        for (NodeUnderTest node : List.of(a, b)) {
            JsonObject stats = node.getJson("/ws-stats");
            assertThat(stats.getInteger("active_connections")).isEqualTo(2);
            assertThat(stats.getInteger("total_connections")).isEqualTo(2);
            assertThat(stats.getInteger("channels")).isEqualTo(2);
            assertThat(stats.getInteger("users_with_connections")).isEqualTo(1);
            assertThat(stats.getInteger("messages_received")).isEqualTo(3);
            assertThat(stats.getInteger("messages_sent")).isEqualTo(5);
            assertThat(stats.getInteger("errors")).isZero();
            assertThat(node.getJson("/healthz/detailed").getBoolean("healthy")).isTrue();
            assertThat(node.getJson("/ws-channels/news"))
                    .isEqualTo(new JsonObject()
                            .put("channel", "news")
                            .put("subscriber_count", 2)
                            .put("subscribers", new JsonArray().add("one").add("two")));
            JsonObject client = node.getJson("/ws-clients/two");
            assertThat(client.getJsonObject("metadata").getString("node")).isEqualTo("b");
            client.remove("metadata");
            client.remove("last_pong");
            assertThat(client)
                    .isEqualTo(new JsonObject()
                            .put("client_id", "two")
                            .put("user_id", "alice")
                            .put("channels", new JsonArray().add("news"))
                            .put("state", "connected")
                            .put("last_ping", null));
            assertThat(node.get("/ws-clients/nobody").body()).isEqualTo("null");
        }
    }

    @Test
    void shouldLetAnIdInOnceInTheCluster() {
        awaitTogether(a, b);
        for (int i = 0; i < CHANNELS; i++) {
            SocketClient first = connect(a, "id-" + i);
            SocketClient second = b.channels("id-" + i);
            assertThat(second.closeCode()).isEqualTo(4409);
            expectNothing(first);
        }
    }

    /** Each channel and client may have its home on either node, and many have another one afterwards. */
    @Test
    void shouldKeepRoomsAndHistoriesWhenANodeComesAndWhenOneLeaves() {
        b.close();
        awaitTogether(a);
        SocketClient reader = connect(a, "reader?user_id=alice");
        long[] numbers = new long[CHANNELS];
        for (int i = 0; i < CHANNELS; i++) {
            subscribe(reader, "ch" + i, ",'numbers':true");
            assertThat(a.sendTo("channel/ch" + i, "{'type':'m','text':'first'}"))
                    .isEqualTo(1);
            numbers[i] = reader.next("m").getLong("message_number");
        }

        b = node("b");
        awaitTogether(a, b);
        SocketClient late = connect(b, "late");
        for (int i = 0; i < CHANNELS; i++) {
            JsonObject result = subscribe(late, "ch" + i, ",'resume':" + (numbers[i] - 1));
            assertThat(result.getInteger("missed")).as("ch" + i).isEqualTo(1);
            assertThat(late.next("m").getLong("message_number")).isEqualTo(numbers[i]);
            assertThat(b.sendTo("channel/ch" + i, "{'type':'m','text':'second'}"))
                    .isEqualTo(2);
            for (SocketClient each : List.of(reader, late)) {
                JsonObject second = each.next();
                assertThat(second.getString("text")).isEqualTo("second");
                assertThat(second.getLong("message_number")).isEqualTo(numbers[i] + 1);
            }
        }
        assertThat(b.sendTo("user/alice", "{'type':'u'}")).isEqualTo(1);
        assertThat(reader.next().getString("type")).isEqualTo("u");

        b.close();
        awaitTogether(a);
        for (int i = 0; i < CHANNELS; i++) {
            assertThat(a.sendTo("channel/ch" + i, "{'type':'m','text':'third'}"))
                    .isEqualTo(1);
            assertThat(reader.next().getLong("message_number")).isEqualTo(numbers[i] + 2);
        }
        SocketClient back = connect(a, "late");
        JsonObject result = subscribe(back, "ch0", ",'resume':" + numbers[0]);
        assertThat(result.getInteger("missed")).isEqualTo(2);
    }
}
