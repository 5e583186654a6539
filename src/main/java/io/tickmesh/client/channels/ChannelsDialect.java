package io.tickmesh.client.channels;

import io.micrometer.core.instrument.Counter;
import io.netty.buffer.ByteBuf;
import io.tickmesh.bus.Addresses;
import io.tickmesh.bus.ChannelCall;
import io.tickmesh.bus.ChannelEvent;
import io.tickmesh.bus.ChannelEvents;
import io.tickmesh.bus.ChannelRequest;
import io.tickmesh.bus.Finding;
import io.tickmesh.bus.Inquiry;
import io.tickmesh.bus.NodeBus;
import io.tickmesh.bus.Room;
import io.tickmesh.bus.RoomDelivery;
import io.tickmesh.client.Audience;
import io.tickmesh.client.CloseReason;
import io.tickmesh.client.Dialect;
import io.tickmesh.client.DialectMeters;
import io.tickmesh.client.Frames;
import io.tickmesh.client.JsonRequest;
import io.tickmesh.client.JsonRequest.BadRequest;
import io.tickmesh.client.Session;
import io.tickmesh.client.SessionBounds;
import io.tickmesh.config.ChannelsConfig;
import io.tickmesh.config.LimitsConfig;
import io.tickmesh.market.FeedStatus;
import io.tickmesh.market.IsoLocal;
import io.tickmesh.market.Printable;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Contract 3 on one event loop. What a client wants goes to the channel role of the node; what that decides comes back as
 * {@link ChannelEvent}s, in one order.
 */
public final class ChannelsDialect implements Dialect {
    /** The dialect's name in metrics. */
    public static final String NAME = "channels";

    /** What a client sends here is traffic between clients, not only requests for it: so many times as much may come. */
    private static final int MESSAGES_PER_REQUEST = 10;

    private final int loop;
    private final ChannelsConfig config;
    private final NodeBus bus;
    private final Rooms rooms = new Rooms();
    private final Deliveries deliveries;
    private final Set<String> types = new HashSet<>();
    private final Events events = new Events();
    private final Counter sent;
    private long last;

    public ChannelsDialect(int loop, ChannelsConfig config, NodeBus bus, Metrics metrics) {
        this.loop = loop;
        this.config = config;
        this.bus = bus;
        this.sent = metrics.counter(Count.CHANNEL_SENT);
        this.deliveries = new Deliveries(rooms, sent);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public SessionBounds bounds(LimitsConfig limits) {
        return new SessionBounds(
                config.maxMessageSize(),
                config.messageQueueSize(),
                config.pingInterval(),
                config.pingTimeout(),
                config.connectionTimeout(),
                MESSAGES_PER_REQUEST * limits.requestsPerSecond());
    }

    @Override
    public void onOpen(Session session) {
        Admission admission = Admission.of(session.visit(), config);
        CloseReason refusal = admission.refusal();
        if (refusal != null) {
            session.close(refusal);
            return;
        }
        Guest guest = new Guest(session, ++last, admission.client(), admission.user());
        session.attach(guest);
        rooms.add(guest);
        call(guest, new ChannelRequest.Enter(guest.client(), guest.user()));
    }

    private void call(Guest guest, ChannelRequest request) {
        bus.send(Addresses.CHANNEL_CALLS, new ChannelCall(loop, guest.number(), request));
    }

    @Override
    public void onClose(Session session, String cause) {
        Guest guest = session.attachment(Guest.class);
        if (guest != null) {
            rooms.remove(guest);
            call(guest, new ChannelRequest.Leave(cause));
        }
    }

    @Override
    public void onText(Session session, String text) {
        Guest guest = session.attachment(Guest.class);
        if (guest == null || !guest.connected()) {
            refuse(session, "Not connected yet");
            return;
        }
        try {
            onRequest(guest, JsonRequest.object(text));
        } catch (BadRequest e) {
            refuse(session, e.text());
        }
    }

    @Override
    public void onBinary(Session session) {
        refuse(session, "Binary frames are not supported, send JSON text");
    }

    @Override
    public void onTooFast(Session session, String words) {
        answer(session, Words.error(words));
    }

    private void refuse(Session session, String message) {
        session.meters().badRequest();
        answer(session, Words.error(message));
    }

    /** Ahead of channel messages that wait. */
    private void answer(Session session, String json) {
        sent.increment();
        session.send(json);
    }

    private void onRequest(Guest guest, JsonObject request) {
        String type = JsonRequest.text(request, "type");
        switch (type) {
            case "ping" -> answer(guest.session(), Words.pong());
            case "subscribe" -> ask(guest, Requests.subscribe(request));
            case "unsubscribe" -> ask(guest, Requests.unsubscribe(request));
            case "presence" -> ask(guest, Requests.who(request));
            default -> {
                if (!types.contains(type)) {
                    throw new BadRequest("Unknown message type: " + Printable.of(type));
                }
                guest.onSaid();
                call(guest, new ChannelRequest.Say(type, request));
            }
        }
    }

    private void ask(Guest guest, ChannelRequest request) {
        guest.onAsked();
        call(guest, request);
    }

    /** What the channel role tells. */
    public void onEvents(ChannelEvents told) {
        told.events().forEach(event -> event.deliverTo(events));
    }

    private final class Events implements ChannelEvent.Receiver {
        @Override
        public void onAdmitted(ChannelEvent.Admitted event) {
            types.addAll(event.types());
            Guest guest = rooms.of(event.session());
            if (guest != null) {
                rooms.open(guest);
                answer(guest.session(), Words.connected(guest.client()));
                guest.onConnected();
            }
        }

        @Override
        public void onRefused(ChannelEvent.Refused event) {
            Guest guest = rooms.of(event.session());
            if (guest != null) {
                guest.session()
                        .close(
                                switch (event.cause()) {
                                    case TAKEN -> CloseReason.NAME_TAKEN;
                                    case REPLACED -> CloseReason.REPLACED;
                                    case FULL -> CloseReason.FULL;
                                    case UNAVAILABLE -> CloseReason.UNAVAILABLE;
                                });
            }
        }

        @Override
        public void onSubscribed(ChannelEvent.Subscribed event) {
            Guest guest = rooms.of(event.session());
            if (guest != null) {
                deliveries.subscribed(guest, event);
                guest.onAnswered();
            }
        }

        @Override
        public void onUnsubscribed(ChannelEvent.Unsubscribed event) {
            Guest guest = rooms.of(event.session());
            if (guest != null) {
                guest.seats().remove(event.channel());
                rooms.leave(Room.channel(event.channel()), guest);
                deliveries.send(guest, Words.unsubscribed(event.channel()));
                guest.onAnswered();
            }
        }

        @Override
        public void onTold(ChannelEvent.Told event) {
            Guest guest = rooms.of(event.session());
            if (guest != null) {
                deliveries.send(guest, event.json());
                guest.onAnswered();
            }
        }

        @Override
        public void onDone(ChannelEvent.Done event) {
            Guest guest = rooms.of(event.session());
            if (guest != null) {
                if (!event.error().isEmpty()) {
                    answer(guest.session(), Words.error(event.error()));
                }
                guest.onDone();
            }
        }

        @Override
        public void onDelivery(RoomDelivery event) {
            deliveries.deliver(event);
        }
    }

    /** A sign of life to all clients, ahead of channel messages that wait. */
    public void beat() {
        List<Guest> all = List.copyOf(rooms.in(Room.ALL));
        if (!all.isEmpty()) {
            ByteBuf frame = Frames.text(Words.heartbeat());
            all.forEach(guest -> guest.session().keep(frame));
            frame.release();
            sent.increment(all.size());
        }
    }

    /** When a client was last sent a ping, and when it last gave a sign of life. */
    public Finding answer(Inquiry inquiry) {
        Guest guest = rooms.of(inquiry.arguments().getLong("session", 0L));
        if (guest == null) {
            return Finding.refused(404, "no such session");
        }
        Session session = guest.session();
        return Finding.of(new JsonObject()
                .put("last_ping", since(guest, session.pulse().pingedAt()))
                .put("last_pong", since(guest, session.pulse().heardAt())));
    }

    private static @Nullable String since(Guest guest, long nanoTime) {
        return nanoTime == guest.openedAt()
                ? null
                : IsoLocal.of(Instant.now().minusNanos(System.nanoTime() - nanoTime));
    }

    @Override
    public void onFeed(FeedStatus before, FeedStatus now, Iterable<Session> sessions) {
        // channels know no feeds
    }

    @Override
    public Audience audienceOf(Object subject, DialectMeters meters) {
        throw new IllegalStateException("channels have no topics");
    }
}
