package io.tickmesh.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tickmesh.config.FeedConfig;
import io.tickmesh.config.Secret;
import io.tickmesh.config.UpstreamConfig;
import io.tickmesh.market.Catalog;
import io.tickmesh.market.Decimal;
import io.tickmesh.market.StateChange;
import io.tickmesh.market.Trade;
import io.tickmesh.upstream.toy.Toy;
import io.tickmesh.upstream.toy.ToySymbology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A fifth provider needs three classes and a capture file: docs/adding-a-provider.md, carried out. */
class ToyTest {
    private static final Path CODE = Path.of("src/test/java/io/tickmesh/upstream/toy");
    private static final Path GUIDE = Path.of("docs/adding-a-provider.md");
    private static final Path CAPTURES = Path.of("src/test/resources/feeds/toy");
    private static final FeedConfig FEED = new FeedConfig(
            "toy",
            "toy",
            "",
            FeedConfig.Mode.LIVE,
            "ws://nowhere",
            "",
            2,
            FeedConfig.Overflow.FALLBACK,
            Map.of("key", new Secret("made-up-key")),
            null);

    private final Toy toy = new Toy();
    private final EngineBench bench =
            new EngineBench(new PoolSetup("n1", List.of(FEED), UpstreamConfig.DEFAULTS, Setups.LINGER, toy));

    private FeedProtocol protocol() {
        return toy.protocol(new Access(FEED, Map.of()), toy.links(FEED).get(0));
    }

    private static List<String> capture(String name) throws IOException {
        return Files.readAllLines(CAPTURES.resolve(name));
    }

    @Test
    void shouldBeThreeClasses() throws IOException {
        try (Stream<Path> files = Files.list(CODE)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "ToySymbology.java", "Toy.java", "ToyProtocol.java", "package-info.java");
        }
        assertThat(GUIDE).content().contains("`ToySymbology`", "`Toy`", "`ToyProtocol`", "ToyTest");
    }

    @Test
    void shouldReplayItsCapture() throws IOException {
        RecordedEvents events = new RecordedEvents();
        FeedProtocol protocol = protocol();
        for (String line : capture("session.txt")) {
            byte[] frame = CaptureLine.frame(line);
            protocol.decode(frame, frame.length, EngineBench.WALL_MILLIS * 1_000, events);
        }

        assertThat(events.lines).containsExactlyElementsOf(capture("session.expected"));
    }

    @Test
    void shouldSurviveMutatedFrames() throws IOException {
        FrameMutator mutator = new FrameMutator(capture("session.txt"), 20_261_121);
        FeedProtocol protocol = protocol();
        RecordedEvents events = new RecordedEvents();
        int trades = 0;
        for (int i = 0; i < FrameMutator.FRAMES / 10; i++) {
            byte[] frame = mutator.next();
            events.lines.clear();
            protocol.decode(frame, frame.length, EngineBench.WALL_MILLIS * 1_000, events);

            assertThat(events.lines)
                    .as(new String(frame, StandardCharsets.UTF_8))
                    .isNotEmpty();
            trades += String.valueOf(events.last()).startsWith("trade ") ? 1 : 0;
        }
        assertThat(trades).isGreaterThan(FrameMutator.FRAMES / 1_000);
    }

    @Test
    void shouldKnowItsTopics() {
        Catalog catalog = new Catalog(List.of(new ToySymbology()));

        assertThat(catalog.topic("trade/toy:abc")).hasToString("trade/toy:ABC");
        assertThat(catalog.poolOf(catalog.topic("trade/toy:abc"))).isEqualTo(FEED.pool());
        for (String wrong : List.of("trade/toy:ABCD", "quote/toy:ABC", "trade.1m/toy:ABC", "trade/toy:ABC@X")) {
            assertThatIllegalArgumentException().isThrownBy(() -> catalog.topic(wrong));
        }
    }

    @Test
    void shouldServeAPool() {
        bench.interest("n2", 1, "trade/toy:ABC");
        bench.start();
        bench.open();
        bench.frame("WELCOME");
        assertThat(bench.sent).containsExactly("HELLO|made-up-key", "ADD|ABC");
        bench.frame("ADDED");

        bench.frame("T|ABC|201.370|3|" + EngineBench.WALL_MILLIS);
        bench.frame("T|XYZ|7|3|" + EngineBench.WALL_MILLIS);
        bench.frame("PING|7");

        assertThat(bench.told("n2", Trade.class)).singleElement().satisfies(trade -> {
            assertThat(trade.price()).isEqualTo(Decimal.parse("201.370"));
            assertThat(trade.seq()).isEqualTo(1);
            assertThat(trade.providerTime()).isEqualTo(EngineBench.WALL_MILLIS * 1_000);
        });
        assertThat(bench.sent).endsWith("PONG|7");
    }

    @Test
    void shouldSayWhatTheProviderSaidOfARefusedTopic() {
        bench.interest("n2", 1, "trade/toy:ABC");
        bench.start();
        bench.open();
        bench.frame("WELCOME");
        bench.frame("NO|no such thing");

        assertThat(bench.told("n2", StateChange.class))
                .extracting(change -> change.state().reason())
                .endsWith("toy refused the subscription: no such thing");
    }
}
