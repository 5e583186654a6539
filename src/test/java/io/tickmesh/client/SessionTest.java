package io.tickmesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.client.prices.PricesDialect;
import io.tickmesh.config.LimitsConfig;
import io.tickmesh.market.Catalog;
import io.tickmesh.metrics.Metrics;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SessionTest {
    private final Hub hub = new Hub(0, new TopicNumbers());
    private final FakeTransport transport = new FakeTransport();
    private final Session session = new Session(
            new Origin(1, 0, HubFixture.visit("/")),
            transport,
            new PricesDialect(new Catalog(List.of()), LimitsConfig.DEFAULTS),
            new DialectMeters("test", 0, new Metrics(new SimpleMeterRegistry())),
            hub,
            HubFixture.BOUNDS);

    SessionTest() {
        hub.turn(new Turn((millis, task) -> {}, new Coalescing(30_000, 0, 0), () -> {}, () -> {}));
    }

    @Test
    void shouldNotCallAClientStuckThatTakesSomethingNowAndThen() {
        transport.room = 0;
        for (int i = 0; i < 5; i++) {
            session.send("{}");
        }
        session.flush(1_000);
        transport.room = 1;
        session.flush(1_900);
        assertThat(session.pulse().blockedFor(1_000, 2_500)).isFalse();
        assertThat(session.pulse().blockedFor(1_000, 3_000)).isTrue();
    }

    @Test
    void shouldWriteOnWithinATurnWhileTheSocketTakesIt() {
        FakeTransport full = transport;
        full.room = 1;
        session.send("{}");
        assertThat(full.received).hasSize(1);
        assertThat(session.waiting()).isZero();
    }
}
