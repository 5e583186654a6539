package io.tickmesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DepartureTest extends HubFixture {
    private final List<Session> sessions = new ArrayList<>();
    private final Departure departure = new Departure(() -> 0.5);

    @Test
    void shouldGiveEachSessionItsOwnTimeToComeBackAndCloseAllAtOnce() {
        List<FakeTransport> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(connect(stream, sessions));
        }
        departure.leave(List.copyOf(hub.sessions()), 1_000, 1);

        assertThat(clients).allSatisfy(client -> assertThat(client.types()).containsExactly("hello", "leaving"));
        assertThat(clients)
                .extracting(client -> client.received.get(1).getLong("retry_after_ms"))
                .containsExactly(250L, 750L, 1_250L, 1_750L);
        assertThat(clients.get(2).closed).isEqualTo(CloseReason.GOING_AWAY);
        assertThat(clients.get(2).closeText).isEqualTo("node is leaving, come back in 1250 ms");
        assertThat(hub.sessions()).isEmpty();
    }

    @Test
    void shouldTellOtherDialectsByTheCloseAlone() {
        FakeTransport client = connect(prices, sessions);
        departure.leave(sessions, 1, 1);
        assertThat(client.types()).containsExactly("connected");
        assertThat(client.closeText).isEqualTo("node is leaving, come back in 500 ms");
    }

    @Test
    void shouldNotWaitForAClientThatDoesNotRead() {
        FakeTransport stuck = connect(stream, sessions);
        stuck.reading = false;
        departure.leave(sessions, 1, 1);
        assertThat(stuck.closed).isEqualTo(CloseReason.GOING_AWAY);
    }

    @Test
    void shouldSpreadByTheNumberOfSessionsWithinBounds() {
        assertThat(Departure.windowMillis(0)).isEqualTo(1_000);
        assertThat(Departure.windowMillis(2_000)).isEqualTo(4_000);
        assertThat(Departure.windowMillis(1_000_000)).isEqualTo(10_000);
    }

    @Test
    void shouldFitIntoACloseFrame() {
        FakeTransport client = connect(stream, sessions);
        sessions.get(0).leave(Long.MAX_VALUE, 1);
        assertThat(client.closeText.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(123);
    }
}
