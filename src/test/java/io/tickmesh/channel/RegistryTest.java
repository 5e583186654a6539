package io.tickmesh.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickmesh.bus.Room;
import org.junit.jupiter.api.Test;

final class RegistryTest {
    private final Registry registry = new Registry();
    private final LocalClient client = new LocalClient(new LocalClient.Seat(0, 1), "c1", "alice", 1);

    /** Only connected clients receive, so only these count as reached. */
    @Test
    void shouldReachAClientFromItsWelcomeToItsEnd() {
        registry.add(client);
        assertThat(client.state()).isEqualTo("connecting");
        assertThat(registry.of("c1")).isSameAs(client);
        expectIn(0);

        registry.open(client);
        registry.enter(Room.channel("news"), client);
        assertThat(client.state()).isEqualTo("connected");
        expectIn(1);
        assertThat(registry.in(Room.channel("news"))).containsExactly(client);

        registry.remove(client);
        assertThat(registry.of("c1")).isNull();
        expectIn(0);
    }

    private void expectIn(int count) {
        assertThat(registry.in(Room.client("c1"))).hasSize(count);
        assertThat(registry.in(Room.user("alice"))).hasSize(count);
        assertThat(registry.in(Room.ALL)).hasSize(count);
    }
}
