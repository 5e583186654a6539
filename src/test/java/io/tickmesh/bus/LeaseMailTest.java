package io.tickmesh.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LeaseMailTest {
    private static final LeaseMail EVERYTHING = new LeaseMail(
            "a:1",
            List.of(
                    new LeaseMessage.Heartbeat("a:1", "fmp.stock", 1_700_000_000_123L, 7, -3, true),
                    new LeaseMessage.Heartbeat("a:1", "fmp.crypto", 8, LeaseMessage.NO_EPOCH, 1, false),
                    new LeaseMessage.Acknowledge("a:1", "fmp.stock", 9, 42),
                    new LeaseMessage.Refuse("a:1", "fmp.stock", 9, LeaseMessage.LAST_EPOCH),
                    new LeaseMessage.Ask("a:1", "fmp.forex", 11, 10),
                    new LeaseMessage.Word("a:1", "fmp.forex", 11, true, 12),
                    new LeaseMessage.Release("a:1", "fmp.forex", 13, "b:2"),
                    new LeaseMessage.Release("a:1", "fmp.forex", 13, "")));

    private static Buffer bytes() {
        Buffer buffer = Buffer.buffer();
        new LeaseMailCodec().encodeToWire(buffer, EVERYTHING);
        return buffer;
    }

    @Test
    void shouldMoveEveryMessageBetweenNodes() {
        assertThat(new LeaseMailCodec().decodeFromWire(0, bytes())).isEqualTo(EVERYTHING);
        assertThat(new LeaseMailCodec().name()).isEqualTo("tickmesh.lease.1");
    }

    @Test
    void shouldRefuseEveryShortenedOrMutatedMailWithoutHarm() {
        byte[] whole = bytes().getBytes();
        Random random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = whole.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Buffer mutated = Buffer.buffer(bytes).slice(0, random.nextInt(bytes.length + 1));
            Throwable thrown = catchThrowable(() -> new LeaseMailCodec().decodeFromWire(0, mutated));
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void shouldRefuseAnEpochNobodyCanCount() {
        assertThatThrownBy(() -> new LeaseMessage.Ask("a", "p", LeaseMessage.LAST_EPOCH + 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LeaseMessage.Refuse("a", "p", 1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseAMessageOfAnotherSender() {
        List<LeaseMessage> messages = List.of(new LeaseMessage.Acknowledge("b", "p", 1, 1));
        assertThatThrownBy(() -> new LeaseMail("a", messages)).isInstanceOf(IllegalArgumentException.class);
    }
}
