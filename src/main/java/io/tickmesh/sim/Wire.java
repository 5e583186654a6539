package io.tickmesh.sim;

import io.vertx.core.buffer.Buffer;

/** What a simulated provider can do to one client's connection. */
interface Wire {
    /** Writes whole frames. */
    void send(Buffer frames);

    /** Whether the client takes less than it is sent; who goes on sending fills memory. */
    boolean full();

    /** Says goodbye with a Close frame; the connection ends when the client answers, or soon. */
    void close(int code);

    /** The same with a reason in the Close frame. */
    void close(int code, String reason);

    /** Ends the connection without a Close frame, by a TCP reset or an orderly TCP end. */
    void drop(boolean reset);

    /** Stops, or takes up again, all reading from the connection. */
    void freeze(boolean frozen);
}
