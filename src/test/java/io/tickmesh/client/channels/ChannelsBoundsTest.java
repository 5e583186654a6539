package io.tickmesh.client.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.client.SessionBounds;
import io.tickmesh.config.ChannelsConfig;
import io.tickmesh.config.LimitsConfig;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ChannelsBoundsTest {
    /** The defaults of the contract's table that concern one client. */
    @Test
    void shouldAllowAClientWhatTheContractSays() {
        Vertx vertx = Vertx.vertx();
        ChannelsDialect dialect = new ChannelsDialect(
                0, ChannelsConfig.DEFAULTS, new NodeBus(vertx.eventBus()), new Metrics(new SimpleMeterRegistry()));
        assertThat(dialect.bounds(LimitsConfig.DEFAULTS))
                .isEqualTo(new SessionBounds(
                        1_048_576, 100, Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(60), 2_000));
        vertx.close();
    }
}
