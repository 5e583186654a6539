package io.tickmesh.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.bus.LedgerUpdate.Entry;
import io.tickmesh.bus.StoreResult;
import io.tickmesh.config.RedisConfig;
import io.tickmesh.config.RedisEndpoint;
import io.tickmesh.metrics.Metrics;
import io.tickmesh.redis.RedisLink;
import io.tickmesh.redis.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("io.tickmesh.redis.RedisServer#available")
final class LedgerStoreTest {
    private static final String LEDGER = "t:ledger";

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RedisServer redis = RedisServer.running();
    private final RedisLink link = new RedisLink(
            vertx,
            new RedisConfig(
                    RedisConfig.Mode.STANDALONE,
                    List.of(new RedisEndpoint(false, "127.0.0.1", redis.port(), 0, null, null)),
                    "",
                    null,
                    null,
                    2,
                    Duration.ofSeconds(2),
                    "t",
                    Duration.ofHours(1),
                    Duration.ofMillis(50)),
            new Metrics(meters));
    private final long now = System.currentTimeMillis();
    private final LedgerStore store =
            new LedgerStore(link, new Metrics(meters), new Complaints(System::nanoTime), () -> now);

    @BeforeEach
    void open() {
        wait(link.open());
    }

    @AfterEach
    void closeAll() {
        redis.close();
        wait(vertx.close());
    }

    private static <T extends @Nullable Object> T wait(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private StoreResult write(Entry... entries) {
        return wait(store.write(List.of(entries)));
    }

    @Test
    void shouldReadWhatItWrote() {
        Entry pin = new Entry("pin:trade/fmp:AAPL", now, "127.0.0.1:8000", true);
        Entry gone = new Entry("pin:trade/fmp:MSFT", now - 5, "a node", false);

        assertThat(write(pin, gone)).isEqualTo(StoreResult.FORGOTTEN);
        assertThat(write()).isEqualTo(StoreResult.WRITTEN);
        assertThat(wait(store.read())).containsExactlyInAnyOrder(pin, gone);
        assertThat(redis.count("PTTL", LEDGER)).isEqualTo(-1);
    }

    @Test
    void shouldLetTheLaterEntryStandWhoeverWritesFirst() {
        Entry first = new Entry("k", now, "a", true);
        Entry tied = new Entry("k", now, "b", false);
        Entry later = new Entry("k", now + 1, "a", true);

        write(tied);
        write(first);
        assertThat(wait(store.read())).containsExactly(tied);
        write(later);
        write(tied);
        assertThat(wait(store.read())).containsExactly(later);
    }

    @Test
    void shouldKeepManyEntries() {
        List<Entry> many = IntStream.range(0, 5_000)
                .mapToObj(i -> new Entry("pin:trade/fmp:S" + i, now, "n", true))
                .toList();

        assertThat(wait(store.write(many))).isEqualTo(StoreResult.FORGOTTEN);
        assertThat(wait(store.read())).containsExactlyInAnyOrderElementsOf(many);
    }

    @Test
    void shouldPassOverWhatIsNoneOfOurs() {
        Entry pin = new Entry("k", now, "a", true);
        write(pin);
        redis.call("HSET", LEDGER, "a", "rubbish");
        redis.call("HSET", LEDGER, "b", "2 " + now + " + n");
        redis.call("HSET", LEDGER, "c", "1 9999999999999999 + n");
        redis.call("HSET", LEDGER, "d", new byte[1 << 20]);
        redis.call("HSET", LEDGER, new byte[1 << 20], "1 1 + n");
        redis.call("HSET", LEDGER, "e", "1 1 - n");

        assertThat(wait(store.read())).containsExactly(pin);
        assertThat(meters.get("tickmesh_redis_bad").counter().count()).isEqualTo(3);
    }

    @Test
    void shouldReplaceAnEntryFromTheFutureAndRubbish() {
        redis.call("HSET", LEDGER, "k", "1 9999999999999999 + n");
        redis.call("HSET", LEDGER, "l", "rubbish");
        Entry k = new Entry("k", now, "a", true);
        Entry l = new Entry("l", now, "a", true);

        write(k, l);

        assertThat(wait(store.read())).containsExactlyInAnyOrder(k, l);
    }

    @Test
    void shouldNoticeThatRedisHasForgotten() {
        write(new Entry("k", now, "a", true));

        redis.call("FLUSHALL");
        assertThat(write()).isEqualTo(StoreResult.FORGOTTEN);

        redis.call("SET", LEDGER, "x");
        assertThat(wait(store.read())).isNull();
        assertThat(write(new Entry("k", now, "a", true))).isEqualTo(StoreResult.FORGOTTEN);
        assertThat(wait(store.read())).hasSize(1);
    }
}
