package io.tickmesh.bus;

import java.util.ArrayList;
import java.util.List;

/**
 * Moves an {@link InterestUpdate}.
 *
 * <pre> node text | pool text | number i64 | full u8 | entries i32 | { topic text | sessions i32 | pinned u8 }... </pre>
 */
final class InterestUpdateCodec extends WireCodec<InterestUpdate> {
    InterestUpdateCodec() {
        super("interest", 1);
    }

    @Override
    void write(WireWriter out, InterestUpdate update) {
        out.text(update.node());
        out.text(update.pool());
        out.i64(update.number());
        out.flag(update.full());
        out.i32(update.entries().size());
        for (InterestUpdate.Entry entry : update.entries()) {
            out.topic(entry.topic());
            out.i32(entry.sessions());
            out.flag(entry.pinned());
        }
    }

    @Override
    InterestUpdate read(WireReader in) {
        String node = in.text();
        String pool = in.text();
        long number = in.i64();
        boolean full = in.flag();
        int count = in.count();
        List<InterestUpdate.Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(new InterestUpdate.Entry(in.topic(), in.i32(), in.flag()));
        }
        return new InterestUpdate(node, pool, number, full, entries);
    }
}
