package io.tickmesh.bus;

import java.util.ArrayList;
import java.util.List;

/**
 * Moves a {@link LedgerUpdate}.
 *
 * <pre> node text | digest i64 | entries i32 | { key text | version i64 | by text | present u8 }... </pre>
 */
final class LedgerUpdateCodec extends WireCodec<LedgerUpdate> {
    LedgerUpdateCodec() {
        super("ledger", 1);
    }

    @Override
    void write(WireWriter out, LedgerUpdate update) {
        out.text(update.node());
        out.i64(update.digest());
        out.i32(update.entries().size());
        for (LedgerUpdate.Entry entry : update.entries()) {
            out.text(entry.key());
            out.i64(entry.version());
            out.text(entry.by());
            out.flag(entry.present());
        }
    }

    @Override
    LedgerUpdate read(WireReader in) {
        String node = in.text();
        long digest = in.i64();
        int count = in.count();
        List<LedgerUpdate.Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(new LedgerUpdate.Entry(in.text(), in.i64(), in.text(), in.flag()));
        }
        return new LedgerUpdate(node, digest, entries);
    }
}
