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
