package io.tickmesh.bus;

/**
 * Moves a {@link RoomMessage}.
 *
 * <pre> room kind text | room name text | json text | hops u8 </pre>
 */
final class RoomMessageCodec extends WireCodec<RoomMessage> {
    RoomMessageCodec() {
        super("room-message", 1);
    }

    @Override
    void write(WireWriter out, RoomMessage message) {
        out.name(message.room().kind());
        out.text(message.room().name());
        out.text(message.json());
        out.u8(message.hops());
    }

    @Override
    RoomMessage read(WireReader in) {
        return new RoomMessage(new Room(in.name(Room.Kind.class), in.text()), in.text(), in.u8());
    }
}
