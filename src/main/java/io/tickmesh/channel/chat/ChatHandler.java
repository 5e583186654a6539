package io.tickmesh.channel.chat;

import io.tickmesh.channel.ClientMessage;
import io.tickmesh.channel.MessageHandler;
import io.tickmesh.channel.Outbox;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Passes a chat message on to all clients of its channel, the sender too if it is in it. */
public final class ChatHandler implements MessageHandler {
    private static final String TYPE = "chat_message";
    private static final String DEFAULT_CHANNEL = "general";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Future<?> handle(ClientMessage message, Outbox outbox) {
        String channel = message.text("channel", DEFAULT_CHANNEL);
        return outbox.toChannel(
                channel,
                new JsonObject()
                        .put("type", TYPE)
                        .put("client_id", message.client())
                        .put("message", message.text("message", ""))
                        .put("channel", channel));
    }
}
