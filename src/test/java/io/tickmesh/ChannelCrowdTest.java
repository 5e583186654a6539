package io.tickmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** As many clients as contract 3 allows by default. */
final class ChannelCrowdTest {
    private static final int MOST = 1_000;

    @Test
    void shouldLetAThousandInAndNoMore() {
        List<RawClient> all = new ArrayList<>();
        try (NodeUnderTest node = NodeUnderTest.quiet("channels.ping_interval=1h", "channels.connection_timeout=1h")) {
            for (int i = 0; i < MOST; i++) {
                RawClient client = new RawClient(node.uri("/"), "/ws/c" + i);
                all.add(client);
                assertThat(client.next()).as("c" + i).isNotNull();
            }
            assertThat(node.channels("one-more").closeCode()).isEqualTo(1013);
            assertThat(node.getJson("/ws-stats").getInteger("active_connections"))
                    .isEqualTo(MOST);
            assertThat(node.sendTo("all", "{'type':'x'}")).isEqualTo(MOST);
            try (SocketClient other = node.prices()) {
                other.next("connected");
            }
            all.get(0).close();
            await().until(() -> node.getJson("/ws-stats").getInteger("active_connections") == MOST - 1);
            try (SocketClient next = node.channels("one-more")) {
                next.next("connected");
            }
        } finally {
            all.forEach(RawClient::close);
        }
    }
}
