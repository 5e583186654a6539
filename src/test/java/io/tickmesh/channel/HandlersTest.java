package io.tickmesh.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HandlersTest {
    private record Silent(String type) implements MessageHandler {
        @Override
        public Future<?> handle(ClientMessage message, Outbox outbox) {
            return Future.succeededFuture();
        }
    }

    @Test
    void shouldFindTheShippedOneAndThoseOfTheClassPath() {
        assertThat(Handlers.installed().types()).contains("chat_message", "fail", "throw");
    }

    @Test
    void shouldRefuseTwoOfOneTypeAndWhatTheContractHasItself() {
        assertThatThrownBy(() -> new Handlers(List.of(new Silent("a"), new Silent("a"))))
                .hasMessageContaining("type a");
        assertThatThrownBy(() -> new Handlers(List.of(new Silent("ping")))).hasMessageContaining("type ping");
    }
}
