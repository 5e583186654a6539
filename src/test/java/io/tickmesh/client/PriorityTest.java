package io.tickmesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers overtake bulk messages that wait; neither waits without bound. */
final class PriorityTest extends HubFixture {
    private final List<Session> sessions = new ArrayList<>();
    private final FakeTransport client = connect(prices, sessions);
    private final Session session = sessions.get(0);

    private void bulk(int number) {
        ByteBuf frame = Frames.text("{\"type\":\"b" + number + "\"}");
        session.sendBulk(frame);
        frame.release();
        assertThat(frame.refCnt()).as("held by nobody but the queue").isLessThanOrEqualTo(1);
    }

    @Test
    void shouldSendAnswersBeforeBulkThatWaits() {
        client.received.clear();
        client.reading = false;
        bulk(1);
        bulk(2);
        session.send("{\"type\":\"answer\"}");
        turns();
        client.reading = true;
        session.flushSoon();
        turns();
        bulk(3);
        turns();

        assertThat(client.types()).containsExactly("answer", "b1", "b2", "b3");
        assertThat(session.waiting()).isZero();
    }

    @Test
    void shouldEndWhenMoreBulkWaitsThanMay() {
        client.reading = false;
        for (int i = 0; i < MOST_ANSWERS; i++) {
            bulk(i);
        }
        turns();
        assertThat(client.closed).isNull();
        bulk(MOST_ANSWERS);
        turns();

        assertThat(client.closed).isEqualTo(CloseReason.TOO_SLOW);
        assertThat(session.waiting()).isZero();
    }
}
