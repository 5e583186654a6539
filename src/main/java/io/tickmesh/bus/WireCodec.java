package io.tickmesh.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * A message between nodes: by reference inside a node, by bytes outside. The version is in the name, so that a node
 * that does not know it refuses the message whole.
 */
abstract class WireCodec<T> implements MessageCodec<T, T> {
    private final String what;
    private final String name;

    WireCodec(String what, int version) {
        this.what = what;
        this.name = nameOf(version);
    }

    /** The name that this message has in a version of ours. */
    final String nameOf(int version) {
        return "tickmesh." + what + '.' + version;
    }

    abstract void write(WireWriter out, T message);

    abstract T read(WireReader in);

    @Override
    public final void encodeToWire(Buffer buffer, T message) {
        write(new WireWriter(buffer), message);
    }

    @Override
    public final T decodeFromWire(int position, Buffer buffer) {
        WireReader in = new WireReader(buffer, position);
        T message = read(in);
        in.end();
        return message;
    }

    @Override
    public final T transform(T message) {
        return message;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final byte systemCodecID() {
        return -1;
    }
}
