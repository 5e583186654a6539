package io.tickmesh.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.bus.HistoryAsk;
import io.tickmesh.bus.StoreResult;
import io.tickmesh.bus.StoreWrite;
import io.tickmesh.bus.StoreWrite.Line;
import io.tickmesh.bus.StoredTick;
import io.tickmesh.bus.StoredValues;
import io.tickmesh.config.RedisConfig;
import io.tickmesh.config.RedisEndpoint;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.Position;
import io.tickmesh.market.Tick;
import io.tickmesh.market.Topic;
import io.tickmesh.market.Trade;
import io.tickmesh.metrics.Metrics;
import io.tickmesh.redis.RedisLink;
import io.tickmesh.redis.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("io.tickmesh.redis.RedisServer#available")
final class ValueStoreTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long EXPIRY = Duration.ofHours(1).toMillis();
    private static final Topic AAPL = Topic.parse("trade/fmp:AAPL");

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RedisServer redis = RedisServer.running("--maxmemory-policy noeviction");
    private final RedisLink link = new RedisLink(vertx, config(), new Metrics(meters));
    private final ValueStore store = store();
    private long epoch = System.currentTimeMillis();

    private RedisConfig config() {
        return new RedisConfig(
                RedisConfig.Mode.STANDALONE,
                List.of(new RedisEndpoint(false, "127.0.0.1", redis.port(), 0, null, null)),
                "",
                null,
                null,
                4,
                Duration.ofSeconds(2),
                "t",
                Duration.ofMillis(EXPIRY),
                Duration.ofMillis(50));
    }

    private ValueStore store() {
        return new ValueStore(
                link, EXPIRY, new Metrics(meters), new Complaints(System::nanoTime), System::currentTimeMillis);
    }

    @BeforeEach
    void open() {
        wait(link.open());
        assertThat(link.isUp()).isTrue();
    }

    @AfterEach
    void closeAll() {
        redis.close();
        wait(vertx.close());
    }

    private static <T> T wait(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private static Tick tick(Topic topic, long epoch, long seq) {
        long now = System.currentTimeMillis() * 1_000;
        return new Trade(topic, epoch, seq, now, now, Decimal.parse("100." + seq), null, null, null, null);
    }

    private Tick tick(long seq) {
        return tick(AAPL, epoch, seq);
    }

    private static Line line(Tick... history) {
        return new Line(history[history.length - 1], Arrays.asList(history));
    }

    private StoreResult write(Line... lines) {
        return wait(store.write(new StoreWrite("p", epoch, List.of(lines))));
    }

    private StoreResult write(ValueStore by, long ofEpoch, Line... lines) {
        return wait(by.write(new StoreWrite("p", ofEpoch, List.of(lines))));
    }

    private List<Tick> read() {
        return wait(store().read("p")).values();
    }

    private List<Long> history(Topic topic, long ofEpoch, long after) {
        HistoryAsk ask = new HistoryAsk("p", List.of(new Position(topic, ofEpoch, after)));
        return wait(store().history(ask)).ticks().stream().map(Tick::seq).toList();
    }

    private double counted(String name) {
        return meters.find(name).counters().stream()
                .mapToDouble(each -> each.count())
                .sum();
    }

    @Test
    void shouldReadWhatItWrote() {
        Tick last = tick(3);

        assertThat(write(line(tick(1), tick(2), last))).isEqualTo(StoreResult.FORGOTTEN);
        assertThat(write(line(tick(Topic.parse("trade/fmp:X"), epoch, 1)))).isEqualTo(StoreResult.WRITTEN);

        StoredValues read = wait(store().read("p"));
        assertThat(read.epoch()).isEqualTo(epoch);
        assertThat(read.values()).hasSize(2).contains(last);
        assertThat(history(AAPL, epoch, 0)).containsExactly(1L, 2L, 3L);
        assertThat(history(AAPL, epoch, 1)).containsExactly(2L, 3L);
        assertThat(history(AAPL, epoch, 3)).isEmpty();
        assertThat(history(AAPL, epoch - 1, 0)).isEmpty();
        assertThat(redis.count("PTTL", "t:{p}:newest")).isBetween(1L, EXPIRY);
        assertThat(redis.count("PTTL", "t:{p}:history:trade/fmp:AAPL")).isBetween(1L, EXPIRY);
        assertThat(redis.count("PTTL", "t:{p}:writer")).isBetween(1L, EXPIRY);
    }

    @Test
    void shouldLetNoEarlierOwnerReplaceALaterOne() {
        ValueStore later = store();
        write(line(tick(5)));
        write(later, epoch + 1, line(tick(AAPL, epoch + 1, 1)));

        assertThat(write(line(tick(6)))).isEqualTo(StoreResult.FENCED);

        assertThat(read()).extracting(Tick::epoch).containsExactly(epoch + 1);
        assertThat(history(AAPL, epoch, 4)).containsExactly(5L);
        assertThat(store.epochs()).containsEntry("p", epoch + 1);
    }

    /** What lay in the socket of a server that stood still is carried out after what was written since. */
    @Test
    void shouldLetNoWriteThatComesLateReplaceALaterOne() {
        write(line(tick(5)));
        redis.call("SET", "t:{p}:writer", epoch + " 1000");

        assertThat(write(line(tick(6)))).isEqualTo(StoreResult.FENCED);
        assertThat(read()).extracting(Tick::seq).containsExactly(5L);
    }

    @Test
    void shouldOnlyFillGapsWithWhatAnEarlierOwnerTold() {
        Topic other = Topic.parse("trade/fmp:X");
        write(line(tick(5)));
        epoch++;

        write(new Line(tick(AAPL, epoch - 1, 2), List.of()), new Line(tick(other, epoch - 1, 9), List.of()));

        assertThat(read()).extracting(Tick::seq).containsExactlyInAnyOrder(5L, 9L);
    }

    @Test
    void shouldNoticeThatRedisHasForgotten() {
        write(line(tick(1)));
        assertThat(write(line(tick(2)))).isEqualTo(StoreResult.WRITTEN);

        redis.call("FLUSHALL");
        assertThat(write()).isEqualTo(StoreResult.FORGOTTEN);
        assertThat(write()).isEqualTo(StoreResult.WRITTEN);

        redis.call("SET", "t:{p}:writer", epoch + " 1");
        assertThat(write(line(tick(3)))).isEqualTo(StoreResult.FORGOTTEN);
    }

    @Test
    void shouldTakeAMarkFromTheFutureForNone() {
        redis.call("SET", "t:{p}:writer", epoch * 100 + " 1");

        assertThat(write(line(tick(1)))).isEqualTo(StoreResult.FORGOTTEN);
        assertThat(read()).hasSize(1);

        redis.call("SET", "t:{p}:writer", epoch * 100 + " 1");
        assertThat(wait(store().read("p")).epoch()).isZero();
    }

    @Test
    void shouldKeepTheNewestOfALongHistory() {
        for (int from = 1; from <= 600; from += 100) {
            write(line(LongStream.range(from, from + 100).mapToObj(this::tick).toArray(Tick[]::new)));
        }

        assertThat(redis.count("LLEN", "t:{p}:history:trade/fmp:AAPL")).isEqualTo(256);
        assertThat(history(AAPL, epoch, 590)).hasSize(10);
        assertThat(history(AAPL, epoch, 1)).isEmpty();
    }

    @Test
    void shouldCountATickOnceThatWasWrittenTwice() {
        write(line(tick(1), tick(2)));
        write(line(tick(1), tick(2), tick(3)));

        assertThat(history(AAPL, epoch, 0)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldForgetTopicsThatNobodyTellsOfAnyMore() {
        write(line(tick(1)));
        redis.call("ZADD", "t:{p}:index", System.currentTimeMillis() - EXPIRY - 1, "trade/fmp:OLD");
        redis.call("HSET", "t:{p}:newest", "trade/fmp:OLD", "x");

        write();

        assertThat(redis.count("HLEN", "t:{p}:newest")).isEqualTo(1);
        assertThat(redis.count("ZCARD", "t:{p}:index")).isEqualTo(1);
    }

    @Test
    void shouldPassOverWhatIsNoneOfOurs() {
        write(line(tick(1)));
        byte[] ours = StoredTick.write(tick(2)).getBytes();
        byte[] later = ours.clone();
        later[1] = 9;
        List<byte[]> rubbish = List.of(
                new byte[0],
                "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                later,
                Arrays.copyOf(ours, 20),
                Arrays.copyOf(ours, ours.length + 1),
                new byte[1 << 20],
                StoredTick.write(tick(AAPL, epoch * 100, 1)).getBytes());
        for (int i = 0; i < rubbish.size(); i++) {
            redis.call("HSET", "t:{p}:newest", "r" + i, rubbish.get(i));
            redis.call("ZADD", "t:{p}:index", System.currentTimeMillis(), "r" + i);
            redis.call("RPUSH", "t:{p}:history:trade/fmp:AAPL", rubbish.get(i));
        }
        redis.call("ZADD", "t:{p}:index", System.currentTimeMillis(), "nothing");

        assertThat(read()).extracting(Tick::seq).containsExactly(1L);
        assertThat(history(AAPL, epoch, 0)).containsExactly(1L);
        assertThat(counted("tickmesh_redis_bad")).isGreaterThanOrEqualTo(8);
    }

    @Test
    void shouldHealKeysOfAnotherType() {
        for (String key : List.of("writer", "newest", "index", "history:trade/fmp:AAPL")) {
            write(line(tick(1)));
            redis.call("DEL", "t:{p}:" + key);
            redis.call("SADD", "t:{p}:" + key, "x");
            read();
            history(AAPL, epoch, 0);

            assertThat(write(line(tick(2)))).as(key).isEqualTo(StoreResult.FORGOTTEN);
            assertThat(write(line(tick(2)))).as(key).isEqualTo(StoreResult.WRITTEN);
            assertThat(read()).as(key).extracting(Tick::seq).containsExactly(2L);
        }
    }

    @Test
    void shouldFailAndGoOnWhereMemoryIsFull() {
        write(line(tick(1)));
        redis.call("CONFIG", "SET", "maxmemory", "1");

        assertThat(write(line(tick(2)))).isEqualTo(StoreResult.FAILED);
        assertThat(link.isUp()).isTrue();
        assertThat(read()).extracting(Tick::seq).containsExactly(1L);

        redis.call("CONFIG", "SET", "maxmemory", "0");
        assertThat(write(line(tick(2)))).isEqualTo(StoreResult.WRITTEN);
    }

    @Test
    void shouldFailInTimeWhereRedisStandsStill() {
        write(line(tick(1)));
        redis.freeze();

        assertThat(write(line(tick(2)))).isEqualTo(StoreResult.FAILED);
        redis.thaw();

        await().atMost(PATIENCE).until(link::isUp);
        assertThat(write(line(tick(3)))).isEqualTo(StoreResult.WRITTEN);
        assertThat(read()).extracting(Tick::seq).containsExactly(3L);
    }

    @Test
    void shouldReadTenThousandTopics() {
        List<Line> lines = new ArrayList<>(IntStream.range(0, 10_000)
                .mapToObj(i -> line(tick(Topic.parse("trade/fmp:S" + i), epoch, 1)))
                .toList());
        for (int from = 0; from < lines.size(); from += 250) {
            write(lines.subList(from, from + 250).toArray(Line[]::new));
        }

        assertThat(read()).hasSize(10_000);
    }
}
