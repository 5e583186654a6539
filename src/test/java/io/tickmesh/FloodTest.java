package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.util.internal.PlatformDependent;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that sends as fast as it can, at every door: most of it is dropped, and the others are served meanwhile. */
final class FloodTest {
    private static final int FRAMES = 100_000;
    private static final int PINGS = 250_000;
    private static final int SECONDS_AT_ONCE = 5;
    private static final long BOUND = 32L << 20;

    private static NodeUnderTest node;
    private static LoggedFailures failures;

    @BeforeAll
    static void start() {
        node = NodeUnderTest.quiet("feeds.kis.mode=sim", "feeds.kis.hours=always");
        failures = new LoggedFailures();
    }

    @AfterAll
    static void stop() {
        failures.close();
        node.close();
    }

    @AfterEach
    void nothingIsLogged() {
        assertThat(failures.lines()).isEmpty();
    }

    private static double count(Door door, String what) {
        return node.metric("tickmesh_client_" + what + "_total", '"' + door.dialect + '"');
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** What a client may still send when it floods; the node may close it before the end. */
    private static void pour(DoorClient client, byte[] frame, int times) {
        int together = 500;
        ByteBuffer some = ByteBuffer.allocate(frame.length * together);
        for (int i = 0; i < together; i++) {
            some.put(frame);
        }
        try {
            for (int i = 0; i < times; i += together) {
                client.sendBytes(some.array());
            }
        } catch (UncheckedIOException closed) {
            // as it may be
        }
    }

    private static boolean hears(DoorClient client, String fragment) {
        boolean heard = false;
        for (@Nullable String message = client.message(); message != null; message = client.message()) {
            heard |= message.contains(fragment);
        }
        return heard;
    }

    @ParameterizedTest
    @EnumSource
    void shouldDropWhatIsTooMuchAndServeTheOthers(Door door) {
        double requests = count(door, "requests");
        double refused = count(door, "bad_requests");
        long heap = heap();
        int pings = 0;
        try (DoorClient other = new DoorClient(node, door);
                DoorClient client = new DoorClient(node, door)) {
            other.send(door.subscribe).ping();
            long began = System.nanoTime();
            byte[] frame = RawClient.frame(0x81, door.framed(door.subscribe));
            CompletableFuture<Boolean> reader = CompletableFuture.supplyAsync(() -> hears(client, door.tooFast()));
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                pour(client, frame, FRAMES);
                client.goodbye();
            });
            while (!writer.isDone()) {
                Door.move(node);
                other.ping();
                pings++;
            }
            assertThat(reader.join()).as("it is told once at least").isTrue();
            other.awaitTick(node);
            other.ping();
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began) + 1;
            double served = count(door, "requests") - requests - (count(door, "bad_requests") - refused);
            assertThat(served).isLessThan(door.perSecond() * (double) (SECONDS_AT_ONCE + seconds) + pings + 100);
            assertThat(count(door, "bad_requests") - refused).isGreaterThan(FRAMES / 10);
        }
        assertThat(heap()).isLessThan(heap + BOUND);
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAM", "SOCKJS", "CHANNELS"})
    void shouldNotGatherPongsForAClientThatReadsNone(Door door) {
        AtomicBoolean sent = new AtomicBoolean();
        try (DoorClient other = new DoorClient(node, door);
                DoorClient client = new DoorClient(node, door)) {
            other.send(door.subscribe).ping();
            client.ping();
            long before = PlatformDependent.usedDirectMemory();
            long heap = heap();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                pour(client, RawClient.frame(0x89, "x".repeat(125)), PINGS);
                sent.set(true);
            });
            await().atMost(60, TimeUnit.SECONDS).until(() -> {
                other.ping();
                return sent.get();
            });
            writer.join();
            assertThat(PlatformDependent.usedDirectMemory()).isLessThan(before + BOUND / 2);
            assertThat(heap()).isLessThan(heap + BOUND / 2);
            other.awaitTick(node);
        }
    }
}
