package io.tickmesh.bus;

/**
 * Moves an {@link InterestAsk}.
 *
 * <pre> pool text | owner text | epoch i64 </pre>
 */
final class InterestAskCodec extends WireCodec<InterestAsk> {
    InterestAskCodec() {
        super("ask", 1);
    }

    @Override
    void write(WireWriter out, InterestAsk ask) {
        out.text(ask.pool());
        out.text(ask.owner());
        out.i64(ask.epoch());
    }

    @Override
    InterestAsk read(WireReader in) {
        return new InterestAsk(in.text(), in.text(), in.i64());
    }
}
