package io.tickmesh.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.ChannelRequest.Subscribe;
import io.tickmesh.bus.Codecs;
import io.tickmesh.bus.Inquiry;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.Room;
import io.tickmesh.bus.RoomDelivery;
import io.tickmesh.bus.RoomUpdate;
import io.tickmesh.config.ChannelsConfig;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.Collection;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What node b tells the home a, on a bus. */
final class ReportsTest {
    private static final Set<String> BOTH = Set.of("a", "b");

    private final Vertx vertx = Vertx.vertx();
    private final Metrics metrics = new Metrics(new SimpleMeterRegistry());
    private final Peers peers = new Peers(vertx.eventBus(), 10, metrics);
    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    private final class Recording implements Home.Carrier {
        @Override
        public void deliver(RoomDelivery delivery, Collection<String> nodes) {
            said.add(delivery.room().name() + " to " + nodes);
        }

        @Override
        public void evict(String node, String client) {
            throw new AssertionError(client);
        }
    }

    @AfterEach
    void stop() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private static View view(String self, String other) {
        View view = new View(self, 1);
        view.onMembers(BOTH);
        view.onHeard(other, 1);
        return view;
    }

    private Home home(View view) {
        return new Home(view, ChannelsConfig.DEFAULTS, () -> 1, new Recording());
    }

    /** Answers for node a, which sees both nodes all the time. */
    private void listen(View view, Home home) {
        ChannelsConfig config = ChannelsConfig.DEFAULTS;
        Loops loops = new Loops(new NodeBus(vertx.eventBus()), new Registry());
        Post post = new Post(view, home, peers, loops, config, (after, task) -> {});
        Homes homes = new Homes(view, home, post, peers, config, (after, task) -> {});
        vertx.eventBus().<Object>localConsumer(Addresses.channelOf("a"), message -> take(message, home, homes));
    }

    private static void take(Message<Object> message, Home home, Homes homes) {
        if (message.body() instanceof Inquiry inquiry) {
            homes.answer(inquiry).onSuccess(message::reply);
        } else if (message.body() instanceof RoomUpdate update && update.form() == RoomUpdate.Form.FULL) {
            home.onFull(update);
        }
        home.tellMissed();
    }

    /** Between the two, what b told its clients was its own. */
    @Test
    void shouldHaveAHomeTellAnewThatWasGoneForThisNodeAloneAndNoticedNothing() {
        Codecs.registerOn(vertx.eventBus());
        View atA = view("a", "b");
        View atB = view("b", "a");
        listen(atA, home(atA));
        String channel = IntStream.range(0, 1_000)
                .mapToObj(i -> "ch" + i)
                .filter(each -> atB.homeOf(Room.channel(each)).equals("a"))
                .findFirst()
                .orElseThrow();
        Registry registry = new Registry();
        LocalClient client = new LocalClient(new LocalClient.Seat(0, 1), "one", null, 1);
        client.channels().put(channel, new Subscribe(channel, true, false, -1));
        registry.add(client);
        Reports reports = new Reports(atB, registry, home(atB), peers);
        reports.recount();
        reports.tellAll("a");
        await().untilAsserted(() -> assertThat(said).containsExactly(channel + " to [b]"));

        atB.onMembers(Set.of("b"));
        reports.recount();
        atB.onMembers(BOTH);
        atB.onHeard("a", 1);
        reports.recount();
        reports.tellAll("a");

        await().untilAsserted(() -> assertThat(said).containsExactly(channel + " to [b]", channel + " to [b]"));
    }
}
