package io.tickmesh.bus;

import io.tickmesh.market.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves a {@link HistoryAsk}.
 *
 * <pre> pool text | positions i32 | { topic text | epoch i64 | seq i64 }... </pre>
 */
final class HistoryAskCodec extends WireCodec<HistoryAsk> {
    HistoryAskCodec() {
        super("history.ask", 1);
    }

    @Override
    void write(WireWriter out, HistoryAsk ask) {
        out.text(ask.pool());
        out.i32(ask.positions().size());
        for (Position position : ask.positions()) {
            out.topic(position.topic());
            out.i64(position.epoch());
            out.i64(position.seq());
        }
    }

    @Override
    HistoryAsk read(WireReader in) {
        String pool = in.text();
        int count = in.count();
        List<Position> positions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            positions.add(new Position(in.topic(), in.i64(), in.i64()));
        }
        return new HistoryAsk(pool, positions);
    }
}
