package io.tickmesh.bus;

/**
 * Moves a {@link Probe}.
 *
 * <pre> from text </pre>
 */
final class ProbeCodec extends WireCodec<Probe> {
    ProbeCodec() {
        super("probe", 1);
    }

    @Override
    void write(WireWriter out, Probe probe) {
        out.text(probe.from());
    }

    @Override
    Probe read(WireReader in) {
        return new Probe(in.text());
    }
}
