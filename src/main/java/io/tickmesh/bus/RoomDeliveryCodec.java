package io.tickmesh.bus;

/**
 * Moves a {@link RoomDelivery}.
 *
 * <pre> room kind text | room name text | json text | number i64 | previous i64 | watchers only u8 | except text </pre>
 */
final class RoomDeliveryCodec extends WireCodec<RoomDelivery> {
    RoomDeliveryCodec() {
        super("room-delivery", 1);
    }

    @Override
    void write(WireWriter out, RoomDelivery delivery) {
        out.name(delivery.room().kind());
        out.text(delivery.room().name());
        out.text(delivery.json());
        out.i64(delivery.number());
        out.i64(delivery.previous());
        out.flag(delivery.watchersOnly());
        out.text(delivery.except());
    }

    @Override
    RoomDelivery read(WireReader in) {
        Room room = new Room(in.name(Room.Kind.class), in.text());
        return new RoomDelivery(room, in.text(), in.i64(), in.i64(), in.flag(), in.text());
    }
}
