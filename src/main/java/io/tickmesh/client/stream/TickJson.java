package io.tickmesh.client.stream;

import io.tickmesh.market.Tick;
import java.util.List;

/** The value of a tick of any kind, as members of the frame that carries it. */
final class TickJson {
    private TickJson() {}

    static void append(StringBuilder out, Tick tick) {
        List<TickField> fields = TickFields.of(tick.topic().kind());
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).appendMember(out, tick);
        }
    }
}
