package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.Rendezvous;
import io.tickmesh.bus.Room;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract 3 on nodes that are processes: one is killed, one is set up by the contract's own variables. */
final class ChannelsIT {
    private static final List<String> NODES = List.of("n1", "n2", "n3");
    private static final List<String> CHANNELS =
            IntStream.range(0, 9).mapToObj(i -> "ch" + i).toList();

    @TempDir
    private Path directory;

    /** A channel that the killed node kept is told anew, of each other one who is gone, once. */
    @Test
    void shouldTellAndReachTheLivingWhenANodeIsKilled() {
        try (ChannelsUnderTest channels = new ChannelsUnderTest(Site.LOOPBACK).start("n1", "n2", "n3")) {
            ChannelMember one = channels.member("n1", "one?user_id=alice");
            ChannelMember two = channels.member("n2", "two?user_id=bob");
            ChannelMember lost = channels.member("n3", "lost?user_id=alice");
            channels.member("n3", "device?user_id=bob");
            for (String channel : CHANNELS) {
                List.of(one, two, lost).forEach(each -> each.follow(channel));
                assertThat(channels.say("n2", channel, "before")).isEqualTo(3);
            }
            channels.awaiting(
                    "all have all",
                    () -> assertThat(List.of(one, two, lost))
                            .allSatisfy(each -> assertThat(CHANNELS)
                                    .allSatisfy(
                                            channel -> assertThat(each.read().texts(channel))
                                                    .containsExactly("before"))));
            List.of(one, two).forEach(ChannelMember::forget);

            channels.kill("n3");
            channels.awaitTogether(List.of("n1", "n2"));

            expectGone(channels, List.of(one, two));
            expectReached(channels);
            for (String channel : CHANNELS) {
                assertThat(channels.say("n1", channel, "after")).isEqualTo(2);
            }
            channels.awaiting(
                    "the living have what was said since",
                    () -> assertThat(List.of(one, two))
                            .allSatisfy(each -> assertThat(CHANNELS).allSatisfy(channel -> {
                                assertThat(each.read().texts(channel)).containsExactly("before", "after");
                                assertThat(each.resets(channel)).isEqualTo(wasKept(channel) ? 0 : 1);
                            })));
            expectBack(channels, lost, List.of(one, two));
            channels.check();
        }
    }

    private static boolean wasKept(String channel) {
        return !Rendezvous.first(Room.channel(channel).toString(), Set.copyOf(NODES))
                .equals("n3");
    }

    private static void expectGone(ChannelsUnderTest channels, List<ChannelMember> living) {
        for (String channel : CHANNELS) {
            JsonObject expected = new JsonObject()
                    .put("channel", channel)
                    .put("subscriber_count", 2)
                    .put("subscribers", new JsonArray().add("one").add("two"));
            for (String node : List.of("n1", "n2")) {
                assertThat(new JsonObject(channels.get(node, "/ws-channels/" + channel)))
                        .isEqualTo(expected);
            }
            channels.awaiting(
                    channel + " is told of",
                    () -> assertThat(living).allSatisfy(each -> {
                        assertThat(each.read().present(channel)).containsExactly("one", "two");
                        assertThat(each.told(channel, "lost", "node_lost")).isEqualTo(wasKept(channel) ? 1 : 0);
                        assertThat(each.toldAnew().contains(channel)).isEqualTo(!wasKept(channel));
                    }));
        }
        assertThat(channels.get("n2", "/ws-clients/lost")).isEqualTo("null");
        JsonObject stats = new JsonObject(channels.get("n1", "/ws-stats"));
        assertThat(stats.getInteger("active_connections")).isEqualTo(2);
        assertThat(stats.getInteger("channels")).isEqualTo(CHANNELS.size());
        assertThat(stats.getInteger("users_with_connections")).isEqualTo(2);
    }

    private static void expectReached(ChannelsUnderTest channels) {
        for (String node : List.of("n1", "n2")) {
            assertThat(channels.send(node, "client/one", "{'type':'x'}")).isEqualTo(1);
            assertThat(channels.send(node, "client/lost", "{'type':'x'}")).isZero();
            assertThat(channels.send(node, "user/alice", "{'type':'x'}")).isEqualTo(1);
            assertThat(channels.send(node, "user/bob", "{'type':'x'}")).isEqualTo(1);
            assertThat(channels.send(node, "users", "{'users':['alice','bob','eve'],'message':{'type':'x'}}"))
                    .isEqualTo(2);
            assertThat(channels.send(node, "all", "{'type':'x'}")).isEqualTo(2);
        }
    }

    /** A client of the killed node comes to another with its last numbers. */
    private static void expectBack(ChannelsUnderTest channels, ChannelMember lost, List<ChannelMember> living) {
        ChannelMember back = channels.member("n1", "lost?user_id=alice");
        assertThat(channels.socket("n2", "lost").closeCode()).isEqualTo(4409);
        for (String channel : CHANNELS) {
            assertThat(back.follow(channel, lost)).as(channel).isEqualTo(wasKept(channel) ? 1 : 0);
            assertThat(back.texts(channel)).isEqualTo(wasKept(channel) ? List.of("after") : List.of());
            assertThat(back.resets(channel)).isEqualTo(wasKept(channel) ? 0 : 1);
            assertThat(channels.say("n2", channel, "again")).isEqualTo(3);
            channels.awaiting("all of " + channel + " have it", () -> {
                assertThat(back.read().texts(channel)).endsWith("again");
                assertThat(living).allSatisfy(each -> {
                    assertThat(each.read().texts(channel)).endsWith("again");
                    assertThat(each.present(channel)).containsExactly("lost", "one", "two");
                });
            });
        }
    }

    /** All of the sample file; those of Redis have no effect, and keep no node from starting. */
    @Test
    void shouldTakeTheContractsOwnVariables() {
        Map<String, String> environment = Map.of(
                "WEBSOCKET_MAX_CONNECTIONS", "2",
                "WEBSOCKET_MAX_MESSAGE_SIZE", "2048",
                "WEBSOCKET_PING_INTERVAL", "1",
                "WEBSOCKET_HEARTBEAT_INTERVAL", "1",
                "WEBSOCKET_CONNECTION_TIMEOUT", "4",
                "WEBSOCKET_REQUIRE_AUTH", "true",
                "WEBSOCKET_USE_REDIS_PUBSUB", "true",
                "WEBSOCKET_REDIS_CHANNEL_PREFIX", "ai_trading");
        try (NodeProcess node = NodeProcess.run(
                        directory,
                        environment,
                        "--port",
                        "0",
                        "--set",
                        "management.port=0",
                        "--set",
                        "cluster.name=" + UUID.randomUUID(),
                        "--set",
                        "channels.ping_timeout=1h")
                .started()) {
            assertThat(node.client("ws/nobody").closeCode()).isEqualTo(4401);
            try (SocketClient first = node.client("ws/first?user_id=u");
                    RawClient silent = new RawClient(node.http(), "/ws/silent?user_id=u")) {
                first.next("connected");
                assertThat(silent.next()).isNotNull();
                assertThat(node.client("ws/third?user_id=u").closeCode()).isEqualTo(1013);
                first.next("heartbeat");
                while (silent.next() != null) {
                    assertThat(silent.closeCode()).isZero();
                }
                assertThat(silent.closeCode()).isEqualTo(1001);
                assertThat(silent.pings()).isPositive();
                first.send("{'type':'ping'}").next("pong");
                first.send("{'type':'ping','x':'" + "x".repeat(2_048) + "'}");
                assertThat(first.closeCode()).isEqualTo(1009);
            }
        }
    }
}
