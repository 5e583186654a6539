package io.tickmesh.bus;

import io.tickmesh.market.Topic;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves an {@link InterestUpdate}.
 *
 * <pre>
 * node text | pool text | epoch i64 | number i64 | form text | digest i64
 * entries i32 | { topic text | sessions i32 | u8: 1 pinned, 2 lingering }...
 * </pre>
 */
final class InterestUpdateCodec extends WireCodec<InterestUpdate> {
    private static final int PINNED = 1;
    private static final int LINGERING = 2;

    InterestUpdateCodec() {
        super("interest", 1);
    }

    @Override
    void write(WireWriter out, InterestUpdate update) {
        out.text(update.node());
        out.text(update.pool());
        out.i64(update.epoch());
        out.i64(update.number());
        out.name(update.form());
        out.i64(update.digest());
        out.i32(update.entries().size());
        for (InterestUpdate.Entry entry : update.entries()) {
            out.topic(entry.topic());
            out.i32(entry.sessions());
            out.u8((entry.pinned() ? PINNED : 0) | (entry.lingering() ? LINGERING : 0));
        }
    }

    @Override
    InterestUpdate read(WireReader in) {
        String node = in.text();
        String pool = in.text();
        long epoch = in.i64();
        long number = in.i64();
        InterestUpdate.Form form = in.name(InterestUpdate.Form.class);
        long digest = in.i64();
        int count = in.count();
        List<InterestUpdate.Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(entry(in.topic(), in.i32(), in.u8()));
        }
        return new InterestUpdate(node, pool, epoch, number, form, digest, entries);
    }

    private static InterestUpdate.Entry entry(Topic topic, int sessions, int flags) {
        return new InterestUpdate.Entry(topic, sessions, (flags & PINNED) != 0, (flags & LINGERING) != 0);
    }
}
