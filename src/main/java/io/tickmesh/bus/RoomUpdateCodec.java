package io.tickmesh.bus;

import java.util.ArrayList;
import java.util.List;

/**
 * Moves a {@link RoomUpdate}.
 *
 * <pre>
 * node text | incarnation i64 | view i64 | form text | digest i64
 * entries i32 | { room kind text | room name text | client text | user optional text | watches u8 | reason text }...
 * </pre>
 */
final class RoomUpdateCodec extends WireCodec<RoomUpdate> {
    RoomUpdateCodec() {
        super("rooms", 1);
    }

    @Override
    void write(WireWriter out, RoomUpdate update) {
        out.text(update.node());
        out.i64(update.incarnation());
        out.i64(update.view());
        out.name(update.form());
        out.i64(update.digest());
        out.i32(update.entries().size());
        for (RoomUpdate.Entry entry : update.entries()) {
            out.name(entry.room().kind());
            out.text(entry.room().name());
            out.text(entry.client());
            out.optionalText(entry.user());
            out.flag(entry.watches());
            out.text(entry.reason());
        }
    }

    @Override
    RoomUpdate read(WireReader in) {
        String node = in.text();
        long incarnation = in.i64();
        long view = in.i64();
        RoomUpdate.Form form = in.name(RoomUpdate.Form.class);
        long digest = in.i64();
        int count = in.count();
        List<RoomUpdate.Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Room room = new Room(in.name(Room.Kind.class), in.text());
            entries.add(new RoomUpdate.Entry(room, in.text(), in.optionalText(), in.flag(), in.text()));
        }
        return new RoomUpdate(node, incarnation, view, form, digest, entries);
    }
}
