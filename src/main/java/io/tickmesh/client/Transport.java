package io.tickmesh.client;

import io.netty.buffer.ByteBuf;

/** The way from a session to its client. All calls come from the session's event loop. */
public interface Transport {
    /** Whether the client keeps up: what is written now need not wait long. */
    boolean writable();

    /** Hands over a frame with its reference; nothing leaves before {@link #flush()}. */
    void write(ByteBuf frame);

    void flush();

    /** Gives a sign of life, and provokes one where the transport has a way to. */
    void ping();

    /** The longest time without a ping that proxies on the way bear; the node may ping more often. */
    default long mostQuietNanos() {
        return Long.MAX_VALUE;
    }
    /** Takes nothing more from the client until {@link #resume()}, if it can. */
    default void pause() {}

    default void resume() {}

    /** Closes with the code of the reason; {@code text} has at most 123 bytes. */
    void close(CloseReason reason, String text);

    /** The client's address, for operators. */
    String remote();
}
