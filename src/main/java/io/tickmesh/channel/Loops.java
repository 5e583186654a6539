package io.tickmesh.channel;

import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.ChannelEvent;
import io.tickmesh.bus.ChannelEvents;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.RoomDelivery;
import java.util.Collection;
import java.util.List;

/** The way to the clients of this node. */
final class Loops {
    private final NodeBus bus;
    private final Registry registry;

    Loops(NodeBus bus, Registry registry) {
        this.bus = bus;
        this.registry = registry;
    }

    void tell(LocalClient.Seat seat, ChannelEvent event) {
        tell(seat.loop(), event);
    }

    private void tell(int loop, ChannelEvent event) {
        bus.send(Addresses.channelEvents(loop), new ChannelEvents(List.of(event)));
    }

    /** Hands a message to all of this node that it is for; how many that are. */
    int deliver(RoomDelivery delivery) {
        Collection<LocalClient> clients = registry.in(delivery.room());
        Registry.loopsOf(clients).forEach(loop -> tell(loop, delivery));
        return clients.size();
    }
}
