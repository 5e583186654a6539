package io.tickmesh.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.Codecs;
import io.tickmesh.bus.LedgerChange;
import io.tickmesh.bus.LedgerNews;
import io.tickmesh.bus.LedgerQuery;
import io.tickmesh.bus.LedgerUpdate;
import io.tickmesh.bus.Members;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two ledgers as they are deployed, each on a bus of its own; the test carries what passes between them, or does not. */
final class LedgerVerticleTest {
    private final Place a = new Place("a");
    private final Place b = new Place("b");
    private volatile boolean cut;

    /** A node that has nothing but its ledger. */
    private static final class Place {
        private final String name;
        private final Vertx vertx = Vertx.vertx();
        private final NodeBus bus = new NodeBus(vertx.eventBus());
        private final List<LedgerNews> news = new CopyOnWriteArrayList<>();
        private final List<LedgerUpdate> came = new CopyOnWriteArrayList<>();

        Place(String name) {
            this.name = name;
        }

        void deploy() throws Exception {
            Codecs.registerOn(vertx.eventBus());
            vertx.eventBus().<LedgerNews>localConsumer(Addresses.LEDGER_NEWS, message -> news.add(message.body()));
            get(vertx.deployVerticle(new LedgerVerticle(name, new Metrics(new SimpleMeterRegistry()))));
        }

        LedgerNews change(Set<String> add, Set<String> remove) throws Exception {
            return get(bus.<LedgerNews>request(Addresses.LEDGER, new LedgerChange(add, remove)))
                    .body();
        }

        Set<String> keys(String prefix) throws Exception {
            return get(bus.<LedgerNews>request(Addresses.LEDGER, new LedgerQuery(prefix)))
                    .body()
                    .added();
        }

        void members(String... names) {
            bus.publish(Addresses.MEMBERS, new Members(new TreeSet<>(List.of(names))));
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @BeforeEach
    void deploy() throws Exception {
        a.deploy();
        b.deploy();
        carry(a, b);
        carry(b, a);
    }

    private void carry(Place from, Place to) {
        from.vertx.eventBus().<LedgerUpdate>consumer(Addresses.ledgerOf(to.name), message -> {
            if (!cut) {
                to.came.add(message.body());
                to.vertx.eventBus().send(Addresses.ledgerOf(to.name), message.body());
            }
        });
    }

    @AfterEach
    void close() throws Exception {
        get(a.vertx.close());
        get(b.vertx.close());
    }

    private void together() {
        a.members("a", "b");
        b.members("a", "b");
    }

    private void apart() {
        a.members("a");
        b.members("b");
    }

    @Test
    void shouldTellANodeThatJoinsWhatStands() throws Exception {
        assertThat(a.change(Set.of("pin:x", "pause:kis"), Set.of()).added())
                .containsExactlyInAnyOrder("pin:x", "pause:kis");
        together();
        await().until(() -> b.keys("").size() == 2);
        assertThat(b.keys("pin:")).containsExactly("pin:x");
        assertThat(b.news).containsExactly(new LedgerNews(Set.of("pin:x", "pause:kis"), Set.of()));
    }

    @Test
    void shouldTellEveryChangeAtOnceWhereverItWasMade() throws Exception {
        together();
        a.change(Set.of("pin:x"), Set.of());
        await().until(() -> b.keys("pin:").contains("pin:x"));
        assertThat(b.change(Set.of(), Set.of("pin:x")).removed()).containsExactly("pin:x");
        await().until(() -> a.keys("").isEmpty());
        assertThat(a.news)
                .containsExactly(new LedgerNews(Set.of("pin:x"), Set.of()), new LedgerNews(Set.of(), Set.of("pin:x")));
    }

    @Test
    void shouldHealAfterACutInBothDirections() throws Exception {
        together();
        a.change(Set.of("pin:both", "pin:gone"), Set.of());
        await().until(() -> b.keys("").size() == 2);
        cut = true;
        apart();
        a.change(Set.of("pin:a"), Set.of("pin:gone"));
        b.change(Set.of("pin:b"), Set.of());
        cut = false;
        together();
        Set<String> all = Set.of("pin:both", "pin:a", "pin:b");
        await().until(() -> a.keys("").equals(all) && b.keys("").equals(all));
    }

    @Test
    void shouldTellALotInParts() throws Exception {
        Set<String> many =
                IntStream.range(0, 4_500).mapToObj(i -> "pin:trade/fmp:S" + i).collect(Collectors.toSet());
        a.change(many, Set.of());
        together();
        await().until(() -> b.keys("pin:").equals(many));
        assertThat(b.came).allSatisfy(update -> assertThat(update.entries()).hasSizeLessThanOrEqualTo(2_000));
    }

    @Test
    void shouldRefuseMoreThanItsBoundAndSaySo() {
        Set<String> tooMany =
                IntStream.range(0, 200_001).mapToObj(i -> "pin:" + i).collect(Collectors.toSet());
        assertThatThrownBy(() -> a.change(tooMany, Set.of())).hasMessageContaining("at most 200000");
    }
}
