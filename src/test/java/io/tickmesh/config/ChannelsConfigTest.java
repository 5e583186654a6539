package io.tickmesh.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The channel service under the names of its contract. */
final class ChannelsConfigTest {
    @TempDir
    private Path directory;

    @Test
    void shouldTakeTheContractsNamesForTheChannelService() {
        ChannelsConfig channels = new Given(directory)
                .env("WEBSOCKET_MAX_CONNECTIONS", "7")
                .env("WEBSOCKET_MAX_MESSAGE_SIZE", "2048")
                .env("WEBSOCKET_PING_INTERVAL", "3")
                .env("WEBSOCKET_HEARTBEAT_INTERVAL", "500ms")
                .env("WEBSOCKET_REQUIRE_AUTH", "True")
                .dotEnv("WEBSOCKET_CONNECTION_TIMEOUT=5\n")
                .config()
                .channels();

        assertThat(channels.maxConnections()).isEqualTo(7);
        assertThat(channels.maxMessageSize()).isEqualTo(2048);
        assertThat(channels.pingInterval()).isEqualTo(Duration.ofSeconds(3));
        assertThat(channels.heartbeatInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(channels.connectionTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(channels.requireAuth()).isTrue();
    }

    /** The contract's table; on loopback nobody need name a user. */
    @Test
    void shouldHaveTheContractsDefaults() {
        ChannelsConfig channels = ChannelsConfig.DEFAULTS;

        assertThat(channels.maxConnections()).isEqualTo(1_000);
        assertThat(channels.maxMessageSize()).isEqualTo(1_048_576);
        assertThat(channels.pingInterval()).isEqualTo(Duration.ofSeconds(20));
        assertThat(channels.pingTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(channels.heartbeatInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(channels.connectionTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(channels.messageQueueSize()).isEqualTo(100);
        assertThat(channels.broadcastBufferSize()).isEqualTo(1_000);
        assertThat(channels.allowedOrigins()).containsExactly("*");
        assertThat(channels.maxRetries()).isEqualTo(3);
        assertThat(channels.retryTimeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void shouldDemandAUserUnlessOnLoopbackOrToldOtherwise() {
        assertThat(new Given(directory).config().channels()).isEqualTo(ChannelsConfig.DEFAULTS);
        assertThat(new Given(directory)
                        .set("http.host", "0.0.0.0")
                        .config()
                        .channels()
                        .requireAuth())
                .isTrue();
        assertThat(new Given(directory)
                        .set("http.host", "0.0.0.0")
                        .set("channels.require_auth", "false")
                        .config()
                        .channels()
                        .requireAuth())
                .isFalse();
    }
}
