package io.tickmesh.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Stands for a version of a message that this node does not know. Without it Vert.x would drop the message unseen, with
 * an error in the log for each; with it {@link Inbound} refuses and counts it.
 */
final class OtherVersion implements MessageCodec<Object, Object> {
    private final String name;

    OtherVersion(String name) {
        this.name = name;
    }

    @Override
    public void encodeToWire(Buffer buffer, Object message) {
        throw new IllegalStateException(name + " is not sent by this version");
    }

    @Override
    public Object decodeFromWire(int position, Buffer buffer) {
        throw new IllegalArgumentException(name + " is of another version");
    }

    @Override
    public Object transform(Object message) {
        throw new IllegalStateException(name + " is not sent by this version");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
