package io.tickmesh.bus;

import io.tickmesh.market.Tick;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves a {@link HistoryPage}.
 *
 * <pre> ticks i32 | { tick }... </pre>
 */
final class HistoryPageCodec extends WireCodec<HistoryPage> {
    HistoryPageCodec() {
        super("history.page", 1);
    }

    @Override
    void write(WireWriter out, HistoryPage page) {
        out.i32(page.ticks().size());
        page.ticks().forEach(tick -> TickCodec.write(out, tick));
    }

    @Override
    HistoryPage read(WireReader in) {
        int count = in.count();
        List<Tick> ticks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ticks.add(TickCodec.read(in));
        }
        return new HistoryPage(ticks);
    }
}
