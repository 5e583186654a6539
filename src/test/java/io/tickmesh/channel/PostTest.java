package io.tickmesh.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Codecs;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.Reached;
import io.tickmesh.bus.Room;
import io.tickmesh.bus.RoomDelivery;
import io.tickmesh.config.ChannelsConfig;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What node a sends to rooms that node b keeps, with b gone, back or slow. */
final class PostTest {
    private final Vertx vertx = Vertx.vertx();
    private final View view = new View("a", 1);
    private final Deque<Runnable> later = new ArrayDeque<>();
    private Room elsewhere = Room.ALL;

    /** There is nobody to be told of anything. */
    private static final class Silent implements Home.Carrier {
        @Override
        public void deliver(RoomDelivery delivery, Collection<String> nodes) {
            throw new AssertionError(delivery);
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

    private Post post(int retries, Duration timeout, int buffer) {
        Codecs.registerOn(vertx.eventBus());
        view.onMembers(Set.of("a", "b"));
        view.onHeard("b", 1);
        elsewhere = IntStream.range(0, 1_000)
                .mapToObj(i -> Room.channel("ch" + i))
                .filter(room -> !view.isHome(room))
                .findFirst()
                .orElseThrow();
        ChannelsConfig config = config(retries, timeout, buffer);
        Metrics metrics = new Metrics(new SimpleMeterRegistry());
        Peers peers = new Peers(vertx.eventBus(), buffer, metrics);
        Loops loops = new Loops(new NodeBus(vertx.eventBus()), new Registry());
        Home home = new Home(view, config, System::currentTimeMillis, new Silent());
        return new Post(view, home, peers, loops, config, (after, task) -> {
            synchronized (later) {
                later.add(task);
            }
        });
    }

    private static ChannelsConfig config(int retries, Duration timeout, int buffer) {
        ChannelsConfig d = ChannelsConfig.DEFAULTS;
        return new ChannelsConfig(
                d.maxConnections(),
                d.maxMessageSize(),
                d.pingInterval(),
                d.pingTimeout(),
                d.heartbeatInterval(),
                d.connectionTimeout(),
                d.messageQueueSize(),
                buffer,
                d.allowedOrigins(),
                d.requireAuth(),
                d.replaceOld(),
                retries,
                timeout,
                d.channelsPerClient(),
                d.historyMessages(),
                d.historyBytes(),
                d.historyTotalBytes(),
                d.offlineMessages(),
                d.offlineExpiry(),
                d.redisPrefix());
    }

    /** Runs what was put off until the end of a send; how often. */
    private int runLater(Future<?> sent) {
        AtomicInteger tries = new AtomicInteger();
        await().pollInterval(Duration.ofMillis(10)).until(() -> {
            Runnable task;
            synchronized (later) {
                task = later.poll();
            }
            if (task != null) {
                tries.incrementAndGet();
                task.run();
            }
            return sent.isComplete();
        });
        return tries.get();
    }

    @Test
    void shouldTryAgainAsOftenAsToldWhereNobodyIsThere() {
        Post post = post(3, Duration.ofMinutes(1), 10);
        Future<Integer> sent = post.send(elsewhere, "{}");
        assertThat(runLater(sent)).isEqualTo(3);
        assertThat(sent.failed()).isTrue();
    }

    @Test
    void shouldNotTryAgainWhenTheTimeIsOver() {
        Post post = post(3, Duration.ZERO, 10);
        Future<Integer> sent = post.send(elsewhere, "{}");
        assertThat(runLater(sent)).isZero();
        assertThat(sent.failed()).isTrue();
    }

    @Test
    void shouldReachWhoIsBackAtTheNextTry() {
        Post post = post(3, Duration.ofMinutes(1), 10);
        Future<Integer> sent = post.send(elsewhere, "{}");
        await().until(() -> {
            synchronized (later) {
                return !later.isEmpty();
            }
        });
        vertx.eventBus().consumer(Addresses.channelOf("b"), message -> message.reply(new Reached(7)));
        assertThat(runLater(sent)).isEqualTo(1);
        assertThat(sent.result()).isEqualTo(7);
    }

    @Test
    void shouldRefuseMoreSendsThanMayBeUnderWayAndLetThoseOfClientsWait() {
        Post post = post(3, Duration.ofMinutes(1), 2);
        List<Message<Object>> held = new ArrayList<>();
        vertx.eventBus().consumer(Addresses.channelOf("b"), message -> {
            synchronized (held) {
                held.add(message);
            }
        });
        Future<Integer> first = post.send(elsewhere, "{}");
        Future<Integer> second = post.send(elsewhere, "{}");
        Future<Integer> third = post.send(elsewhere, "{}");
        assertThat(third.cause()).isInstanceOf(Post.Busy.class);
        List<String> ran = new ArrayList<>();
        post.whenRoom(() -> ran.add("one"));
        post.whenRoom(() -> ran.add("two"));
        assertThat(ran).isEmpty();
        await().until(() -> {
            synchronized (held) {
                return held.size() == 2;
            }
        });
        held.forEach(message -> message.reply(new Reached(1)));
        await().until(() -> first.isComplete() && second.isComplete());
        await().untilAsserted(() -> assertThat(ran).containsExactly("one", "two"));
        assertThat(post.send(elsewhere, "{}").isComplete()).isFalse();
    }
}
