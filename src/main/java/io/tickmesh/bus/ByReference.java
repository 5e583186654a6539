package io.tickmesh.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Hands an immutable message to its receiver as it is; it cannot leave the node. */
final class ByReference<T> implements MessageCodec<T, T> {
    private final String name;

    ByReference(Class<T> type) {
        this.name = "tickmesh.node." + type.getSimpleName();
    }

    @Override
    public void encodeToWire(Buffer buffer, T message) {
        throw new IllegalStateException(name + " must not leave the node");
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
        throw new IllegalStateException(name + " must not reach the node from outside");
    }

    @Override
    public T transform(T message) {
        return message;
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
