package io.tickmesh.bus;

import io.tickmesh.market.Tick;
import io.vertx.core.buffer.Buffer;

/**
 * A tick as it stands in a store that outlives the nodes.
 *
 * <pre> 'T' | version u8 | a tick as it travels between nodes </pre>
 */
public final class StoredTick {
    /** What is larger was not written by us. */
    public static final int MOST_BYTES = 65_536;

    private static final byte MARK = 'T';
    private static final byte VERSION = 1;
    private static final int HEAD = 2;
    private static final int USUAL_BYTES = 192;

    private StoredTick() {}

    public static Buffer write(Tick tick) {
        Buffer out = Buffer.buffer(USUAL_BYTES).appendByte(MARK).appendByte(VERSION);
        TickCodec.write(new WireWriter(out), tick);
        return out;
    }

    /**
     * The tick that was written.
     *
     * @throws IllegalArgumentException if it is none of ours, or of another version
     */
    public static Tick read(Buffer bytes) {
        if (bytes.length() > MOST_BYTES || bytes.length() < HEAD || bytes.getByte(0) != MARK) {
            throw new IllegalArgumentException("not a stored tick");
        }
        if (bytes.getByte(1) != VERSION) {
            throw new IllegalArgumentException("a stored tick of version " + bytes.getByte(1));
        }
        WireReader in = new WireReader(bytes, HEAD);
        Tick tick = TickCodec.read(in);
        in.end();
        return tick;
    }
}
