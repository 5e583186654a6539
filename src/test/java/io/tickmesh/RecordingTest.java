package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.NodeConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.config.SimConfig;
import io.tickmesh.upstream.Access;
import io.tickmesh.upstream.CaptureLine;
import io.tickmesh.upstream.FeedProtocol;
import io.tickmesh.upstream.Holidays;
import io.tickmesh.upstream.Provider;
import io.tickmesh.upstream.RecordedEvents;
import io.tickmesh.upstream.TokenRecipe;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bin/tickmesh record}, over real sockets. */
final class RecordingTest {
    private static final long FRAMES = 14;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> said = new CopyOnWriteArrayList<>();

    @TempDir
    private Path dir;

    @AfterEach
    void close() {
        NodeUnderTest.await(vertx.close());
    }

    private Future<Long> record(NodeConfig config, String feed, String file, List<String> topics, long seconds) {
        RecordOrder order = new RecordOrder(feed, dir.resolve(file), topics, seconds, FRAMES);
        return new Recording(vertx, config, order, said::add).run();
    }

    private static NodeConfig config(String... settings) {
        return NodeUnderTest.config(settings);
    }

    /** What a fresh codec makes of the file. */
    private RecordedEvents replayed(FeedConfig feed, String file) throws Exception {
        Provider provider = Providers.of(feed, Holidays.builtIn());
        Access access = new Access(
                feed,
                provider.tokens().stream()
                        .collect(Collectors.toMap(TokenRecipe::name, recipe -> new Secret("made-up"))));
        FeedProtocol protocol = provider.protocol(access, provider.links(feed).get(0));
        RecordedEvents events = new RecordedEvents();
        for (String line : Files.readAllLines(dir.resolve(file))) {
            byte[] frame = CaptureLine.frame(line);
            protocol.decode(frame, frame.length, System.currentTimeMillis() * 1_000, events);
        }
        return events;
    }

    @ParameterizedTest
    @CsvSource({
        "fmp, trade AAPL",
        "fmp-crypto, trade BTCUSD",
        "fmp-forex, quote EURUSD",
        "kis, trade 005930",
        "kiwoom, trade 000660",
        "upbit, trade KRW-BTC"
    })
    void shouldRecordWhatReplaysWithoutABadFrameAndHoldsNoSecret(String id, String some) throws Exception {
        NodeConfig config = config("sim.ticks_per_second=20");
        FeedConfig feed = config.feeds().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();

        long frames = NodeUnderTest.await(record(config, id, "capture.txt", List.of(), 0));

        assertThat(frames).isEqualTo(FRAMES);
        FeedConfig aimed =
                Providers.simulated(feed.provider(), SimConfig.DEFAULTS).aim().apply(feed);
        RecordedEvents events = replayed(aimed, "capture.txt");
        assertThat(events.lines)
                .anyMatch(line -> line.startsWith(some + ' '))
                .noneMatch(line -> line.startsWith("bad") || line.contains("refused"));
        String text = Files.readString(dir.resolve("capture.txt"));
        aimed.credentials().values().forEach(secret -> assertThat(text).doesNotContain(secret.reveal()));
        assertThat(said).containsExactly("connected to " + id);
    }

    @Test
    void shouldRecordOnlyWhatIsAskedForAndEndAfterTheTime() throws Exception {
        RecordOrder order = new RecordOrder("upbit", dir.resolve("c.txt"), List.of("ticker/upbit:krw-eth"), 1, 100_000);

        long frames = NodeUnderTest.await(new Recording(vertx, config(), order, said::add).run());

        assertThat(frames).isPositive();
        assertThat(Files.readAllLines(dir.resolve("c.txt"))).allMatch(line -> line.contains("KRW-ETH"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "upbt | | log.level=info | no feed 'upbt' is configured, the nearest one is upbit",
                "fmp | trade/kis:005930 | log.level=info | feed fmp does not serve trade/kis:005930",
                "kis | notice/kis-2 | log.level=info | feed kis does not serve notice/kis-2",
                "fmp | apples | log.level=info | not a topic, expected kind/provider:symbol: 'apples'",
                "kis | | feeds.kis.mode=live | KIS app key and app secret not configured",
                "kis | | feeds.kis.mode=off | feed kis is switched off",
                "kis | | feeds.kis.socket=disabled | feed kis works on REST alone, there is nothing to record",
                "upbit | notice/upbit,trade/upbit:KRW-BTC | log.level=info"
                        + " | no connection of feed upbit carries all these topics; record them one by one"
            })
    void shouldSayInOneLineWhyItCannotRecord(String feed, @Nullable String topics, String setting, String text) {
        List<String> wanted = topics == null ? List.of() : List.of(topics.split(",", -1));

        assertThatThrownBy(() -> record(config(setting), feed, "capture.txt", wanted, 0)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS))
                .hasMessageEndingWith(text);
        assertThat(dir.resolve("capture.txt")).doesNotExist();
    }

    @Test
    void shouldNotTakeAnUnreachableProviderForOneThatRefuses() {
        NodeConfig config = config(
                "feeds.kis.mode=live",
                "feeds.kis.app_key=made-up",
                "feeds.kis.app_secret=made-up",
                "feeds.kis.token_dir=" + dir,
                "feeds.kis.url=ws://127.0.0.1:1/",
                "feeds.kis.rest_url=http://127.0.0.1:1");

        assertThatThrownBy(() -> record(config, "kis", "capture.txt", List.of(), 0)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS))
                .hasMessageContaining("cannot get a token: token approval: Connection refused")
                .hasMessageNotContaining("check the key");
    }

    @Test
    void shouldSayWhenItCannotWriteThere() {
        assertThatThrownBy(() -> record(config(), "fmp", "no/such.txt", List.of(), 0)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS))
                .hasMessageEndingWith("cannot write " + dir.resolve("no/such.txt") + ": no such directory");
    }
}
