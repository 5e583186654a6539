package io.tickmesh.client.channels;

import io.micrometer.core.instrument.Counter;
import io.netty.buffer.ByteBuf;
import io.tickmesh.bus.ChannelEvent.Numbered;
import io.tickmesh.bus.ChannelEvent.Subscribed;
import io.tickmesh.bus.Room;
import io.tickmesh.bus.RoomDelivery;
import io.tickmesh.client.Frames;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages of rooms to the clients of one event loop, in order, behind answers. Each is encoded once, and once more with its
 * number if there are clients that want it.
 */
final class Deliveries {
    private final Rooms rooms;
    private final Counter sent;

    Deliveries(Rooms rooms, Counter sent) {
        this.rooms = rooms;
        this.sent = sent;
    }

    /** Sends in the order of the messages. */
    void send(Guest guest, String json) {
        ByteBuf frame = Frames.text(json);
        send(guest, frame);
        frame.release();
    }

    private void send(Guest guest, ByteBuf frame) {
        sent.increment();
        guest.session().sendBulk(frame);
    }

    void subscribed(Guest guest, Subscribed told) {
        String channel = told.request().channel();
        if (told.success()) {
            guest.seats().put(channel, new Guest.Seat(told));
            rooms.enter(Room.channel(channel), guest);
        }
        send(guest, Words.subscribed(told));
        long seen = told.reset() ? -1 : told.request().after();
        for (Numbered each : told.missed()) {
            if (each.number() != seen + 1) {
                send(guest, Words.reset(channel, each.number() - 1));
            }
            send(guest, Words.numbered(each.json(), each.number()));
            seen = each.number();
        }
        if (told.success() && told.request().after() >= 0 && seen != told.number()) {
            send(guest, Words.reset(channel, told.number()));
        }
    }

    void deliver(RoomDelivery delivery) {
        Collection<Guest> in = rooms.in(delivery.room());
        if (in.isEmpty()) {
            return;
        }
        ByteBuf plain = Frames.text(delivery.json());
        @Nullable ByteBuf numbered = null;
        for (Guest guest : List.copyOf(in)) {
            Guest.@Nullable Seat seat = guest.seats().get(delivery.room().name());
            boolean channel = delivery.room().kind() == Room.Kind.CHANNEL;
            if (!channel || seat == null) {
                send(guest, plain);
            } else if (delivery.watchersOnly()) {
                if (seat.presence() && !guest.client().equals(delivery.except())) {
                    send(guest, plain);
                }
            } else if (!seat.numbers()) {
                send(guest, plain);
            } else if (delivery.number() > seat.seen()) {
                if (numbered == null) {
                    numbered = Frames.text(Words.numbered(delivery.json(), delivery.number()));
                }
                if (delivery.previous() != seat.seen()) {
                    send(guest, Words.reset(delivery.room().name(), delivery.previous()));
                }
                send(guest, numbered);
                seat.saw(delivery.number());
            }
        }
        plain.release();
        if (numbered != null) {
            numbered.release();
        }
    }
}
