package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Codecs;
import io.tickmesh.bus.Inbound;
import io.tickmesh.bus.InterestAsk;
import io.tickmesh.config.GuardConfig;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageCodec;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a stranger, or a node of another version, sends over the real bus is refused, counted, and harms nothing. */
final class ForeignMessageTest {
    private static final String ADDRESS = Addresses.interestOf("a");

    /** Sends any bytes under any name. */
    private record Raw(String name) implements MessageCodec<Buffer, Buffer> {
        @Override
        public void encodeToWire(Buffer buffer, Buffer body) {
            buffer.appendBuffer(body);
        }

        @Override
        public Buffer decodeFromWire(int position, Buffer buffer) {
            return buffer;
        }

        @Override
        public Buffer transform(Buffer body) {
            return body;
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }

    private final VertxCluster cluster = new VertxCluster();
    private final Vertx node = cluster.join(GuardConfig.NONE);
    private final Vertx friend = cluster.join(GuardConfig.NONE);
    private final Vertx stranger = cluster.join(GuardConfig.NONE);
    private final Metrics metrics = new Metrics(new SimpleMeterRegistry());
    private final List<InterestAsk> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() {
        Codecs.registerOn(node.eventBus());
        Codecs.registerOn(friend.eventBus());
        NodeUnderTest.await(new Inbound(node.eventBus(), metrics)
                .listen(ADDRESS, (body, message) -> body instanceof InterestAsk ask && heard.add(ask)));
    }

    @AfterEach
    void leave() {
        cluster.close();
    }

    private static Buffer ask(String pool) {
        return Buffer.buffer()
                .appendInt(pool.length())
                .appendString(pool)
                .appendInt(1)
                .appendString("o")
                .appendLong(7);
    }

    private double refused() {
        return metrics.counter(Count.BUS_REFUSED).count();
    }

    private void send(String codec, Buffer body) {
        stranger.eventBus().send(ADDRESS, body, new DeliveryOptions().setCodecName(codec));
    }

    @Test
    void shouldRefuseAndCountWhatIsForeignAndHearTheRest() {
        List<String> names = List.of(
                "tickmesh.ask.0",
                "tickmesh.ask.1",
                "tickmesh.ask.2",
                "tickmesh.ask.9",
                "tickmesh.ask.77",
                "tickmesh.ticks.0",
                "tickmesh.ticks.1",
                "tickmesh.ticks.2",
                "tickmesh.node.Members",
                "com.example.anything");
        names.forEach(name -> stranger.eventBus().registerCodec(new Raw(name)));

        send("tickmesh.ask.1", ask("first"));
        names.stream().filter(name -> !name.equals("tickmesh.ask.1")).forEach(name -> send(name, ask("foreign")));
        send("tickmesh.ask.1", ask("long").appendByte((byte) 0));
        send("tickmesh.ask.1", ask("short").slice(0, 9));
        send("tickmesh.ask.1", Buffer.buffer());
        stranger.eventBus().send(ADDRESS, "a text");
        stranger.eventBus().send(ADDRESS, null);
        send("tickmesh.ask.1", ask("last"));
        friend.eventBus().send(ADDRESS, new InterestAsk("friend", "o", 7));

        await().until(() -> heard.size() == 3);
        assertThat(heard).extracting(InterestAsk::pool).contains("first", "last", "friend");
        // all but the two names that nobody has heard of, which Vert.x drops itself
        await().until(() -> refused() == 7 + 5);
        assertThat(heard).hasSize(3);
    }

    @Test
    void shouldTellASenderThatWaits() {
        stranger.eventBus().registerCodec(new Raw("tickmesh.ask.2")).registerCodec(new Raw("com.example.anything"));

        for (String codec : List.of("tickmesh.ask.2", "com.example.anything")) {
            Throwable thrown = catchThrowable(() -> NodeUnderTest.await(
                    stranger.eventBus().request(ADDRESS, ask("x"), new DeliveryOptions().setCodecName(codec))));
            assertThat(thrown).isInstanceOf(CompletionException.class).hasMessageContaining(codec);
        }
        assertThat(refused()).isEqualTo(1);
    }
}
