package io.tickmesh.client.eventbus;

import io.netty.buffer.ByteBuf;
import io.tickmesh.client.Audience;
import io.tickmesh.client.Frames;
import io.tickmesh.client.Json;
import io.tickmesh.client.TopicLine;
import io.tickmesh.client.WrappedAudience;
import io.tickmesh.market.DataState;
import io.tickmesh.market.TopicState;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The sessions that receive a topic at one address: the events of the native dialect are the bodies. */
final class EnvelopeAudience extends WrappedAudience {
    private static final int TYPE_AT = "{\"type\":\"".length();
    private static final int ROOM = 128;

    private final String head;

    EnvelopeAudience(TopicAddress address, Audience natively) {
        super(natively);
        StringBuilder text = new StringBuilder("{\"type\":\"rec\"");
        Json.text(text, "address", address.text());
        this.head = text.append(",\"headers\":{\"type\":\"").toString();
    }

    TopicLine line() {
        return lines().get(0);
    }

    /** The newest value, or the lack of one. */
    @Nullable
    ByteBuf snapshot() {
        return encodeSnapshot();
    }

    @Override
    protected ByteBuf wrap(ByteBuf frame) {
        ByteBuf event = Frames.payload(frame);
        ByteBuf envelope = Frames.begin(head.length() + ROOM + event.readableBytes());
        append(envelope, head);
        int type = event.readerIndex() + TYPE_AT;
        envelope.writeBytes(event, type, event.indexOf(type, event.writerIndex(), (byte) '"') - type);
        TopicState state = line().state();
        append(envelope, "\",\"state\":\"");
        append(envelope, (state == null ? DataState.WAITING : state.state()).word());
        append(envelope, "\"},\"body\":");
        envelope.writeBytes(event, event.readerIndex(), event.readableBytes()).writeByte('}');
        frame.release();
        return Frames.end(envelope);
    }

    private static void append(ByteBuf envelope, String text) {
        envelope.writeCharSequence(text, StandardCharsets.UTF_8);
    }
}
