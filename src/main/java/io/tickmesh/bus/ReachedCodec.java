package io.tickmesh.bus;

/**
 * Moves {@link Reached}.
 *
 * <pre> clients i32 | stored i32 </pre>
 */
final class ReachedCodec extends WireCodec<Reached> {
    ReachedCodec() {
        super("reached", 1);
    }

    @Override
    void write(WireWriter out, Reached reached) {
        out.i32(reached.clients());
        out.i32(reached.stored());
    }

    @Override
    Reached read(WireReader in) {
        return new Reached(in.i32(), in.i32());
    }
}
