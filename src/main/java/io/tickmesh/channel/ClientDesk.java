package io.tickmesh.channel;

import io.micrometer.core.instrument.Counter;
import io.tickmesh.bus.ChannelCall;
import io.tickmesh.bus.ChannelEvent;
import io.tickmesh.bus.ChannelRequest;
import io.tickmesh.bus.Room;
import io.tickmesh.bus.RoomUpdate.Entry;
import io.tickmesh.channel.LocalClient.Seat;
import io.tickmesh.config.ChannelsConfig;
import io.tickmesh.market.IsoLocal;
import io.tickmesh.metrics.Count;
import io.tickmesh.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Grants, or refuses, what the clients of this node want. */
final class ClientDesk implements ChannelRequest.Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(ClientDesk.class);
    private static final String UNABLE = "Message could not be handled";

    private final ChannelsConfig config;
    private final Registry registry;
    private final Reports reports;
    private final Homes homes;
    private final Post post;
    private final Loops loops;
    private final Handlers handlers = Handlers.installed();
    private final Outbox outbox;
    private final Map<String, Seat> entering = new HashMap<>();
    private final Counter admitted;
    private final Counter errors;

    /** What the desk works with. */
    record Tools(Registry registry, Reports reports, Homes homes, Post post, Loops loops) {}

    ClientDesk(ChannelsConfig config, Tools tools, Metrics metrics) {
        this.config = config;
        this.registry = tools.registry();
        this.reports = tools.reports();
        this.homes = tools.homes();
        this.post = tools.post();
        this.loops = tools.loops();
        this.outbox = new PostOutbox(post);
        this.admitted = metrics.counter(Count.CHANNEL_ADMITTED);
        this.errors = metrics.counter(Count.CHANNEL_ERRORS);
    }

    private static Seat seat(ChannelCall call) {
        return new Seat(call.loop(), call.session());
    }

    private void refuse(Seat seat, ChannelEvent.Cause cause) {
        loops.tell(seat, new ChannelEvent.Refused(seat.session(), cause));
    }

    @Override
    public void onEnter(ChannelCall call, ChannelRequest.Enter request) {
        Seat seat = seat(call);
        LocalClient holder = registry.of(request.client());
        if (registry.size() + entering.size() >= config.maxConnections() && holder == null) {
            refuse(seat, ChannelEvent.Cause.FULL);
            return;
        }
        if (entering.containsKey(request.client()) || (holder != null && !config.replaceOld())) {
            refuse(seat, ChannelEvent.Cause.TAKEN);
            return;
        }
        if (holder != null) {
            evict(request.client());
        }
        entering.put(request.client(), seat);
        homes.claim(request.client())
                .onSuccess(given -> onClaimed(seat, request, given))
                .onFailure(cause -> {
                    entering.remove(request.client(), seat);
                    refuse(seat, ChannelEvent.Cause.UNAVAILABLE);
                });
    }

    private void onClaimed(Seat seat, ChannelRequest.Enter request, boolean given) {
        boolean stillThere = entering.remove(request.client(), seat);
        LocalClient client = new LocalClient(seat, request.client(), request.user(), System.currentTimeMillis());
        if (!given) {
            refuse(seat, ChannelEvent.Cause.TAKEN);
        } else if (stillThere) {
            admit(client);
        } else {
            reports.entered(client.entry(Room.client(client.id()), ""));
            reports.left(client.entry(Room.client(client.id()), "client_disconnect"));
        }
    }

    /** A message to the user must reach a client that knows it is connected. */
    private void admit(LocalClient client) {
        registry.add(client);
        reports.enter(client.entry(Room.client(client.id()), ""));
        ChannelEvent welcome = new ChannelEvent.Admitted(client.seat().session(), handlers.types());
        if (client.user() == null) {
            welcome(client, welcome);
            return;
        }
        Entry entry = client.entry(Room.user(client.user()), "");
        reports.entered(entry);
        homes.enter(entry, -1).onSuccess(done -> welcome(client, welcome)).onFailure(cause -> {
            if (isHere(client)) {
                refuse(client.seat(), ChannelEvent.Cause.UNAVAILABLE);
                depart(client, "unavailable");
            }
        });
    }

    private void welcome(LocalClient client, ChannelEvent welcome) {
        if (isHere(client)) {
            admitted.increment();
            registry.open(client);
            loops.tell(client.seat(), welcome);
        }
    }

    private boolean isHere(LocalClient client) {
        return client.equals(registry.at(client.seat()));
    }

    /** Another has this id now. */
    void evict(String id) {
        LocalClient client = registry.of(id);
        if (client != null) {
            refuse(client.seat(), ChannelEvent.Cause.REPLACED);
            depart(client, "replaced");
        }
    }

    @Override
    public void onLeave(ChannelCall call, ChannelRequest.Leave request) {
        Seat seat = seat(call);
        entering.values().remove(seat);
        LocalClient client = registry.at(seat);
        if (client != null) {
            depart(client, request.reason());
        }
    }

    private void depart(LocalClient client, String reason) {
        List<Entry> entries = client.entries();
        registry.remove(client);
        entries.forEach(
                entry -> reports.left(new Entry(entry.room(), entry.client(), entry.user(), entry.watches(), reason)));
    }

    @Override
    public void onSubscribe(ChannelCall call, ChannelRequest.Subscribe request) {
        Seat seat = seat(call);
        LocalClient client = registry.at(seat);
        if (client == null) {
            return;
        }
        Room room = Room.channel(request.channel());
        ChannelRequest.Subscribe before = client.channels().get(request.channel());
        if (before == null && client.channels().size() >= config.channelsPerClient()) {
            answer(seat, request, false, new JsonObject());
            return;
        }
        if (before != null) {
            reports.unentered(client.entry(room, ""));
        }
        client.channels().put(request.channel(), request);
        Entry entry = client.entry(room, "");
        reports.entered(entry);
        homes.enter(entry, request.after())
                .onSuccess(standing -> {
                    if (isHere(client)) {
                        registry.enter(room, client);
                        answer(seat, request, true, standing);
                    }
                })
                .onFailure(cause -> {
                    if (isHere(client)) {
                        takeBack(client, request.channel(), before);
                        answer(seat, request, false, new JsonObject());
                    }
                });
    }

    /** What cannot be granted changes nothing: the client has the channel as it had it before, or not. */
    private void takeBack(LocalClient client, String channel, ChannelRequest.@Nullable Subscribe before) {
        if (before == null) {
            unsubscribe(client, channel);
            return;
        }
        Room room = Room.channel(channel);
        reports.unentered(client.entry(room, ""));
        client.channels().put(channel, before);
        reports.enter(client.entry(room, ""));
    }

    private void answer(Seat seat, ChannelRequest.Subscribe request, boolean success, JsonObject standing) {
        if (!success) {
            errors.increment();
        }
        loops.tell(
                seat,
                new ChannelEvent.Subscribed(
                        seat.session(),
                        request,
                        success,
                        standing.getLong("number", 0L),
                        Home.messages(standing.getJsonArray("missed", new JsonArray())),
                        standing.getBoolean("reset", false)));
    }

    @Override
    public void onUnsubscribe(ChannelCall call, ChannelRequest.Unsubscribe request) {
        Seat seat = seat(call);
        LocalClient client = registry.at(seat);
        if (client != null) {
            unsubscribe(client, request.channel());
            loops.tell(seat, new ChannelEvent.Unsubscribed(seat.session(), request.channel()));
        }
    }

    private void unsubscribe(LocalClient client, String channel) {
        Room room = Room.channel(channel);
        if (client.channels().containsKey(channel)) {
            Entry gone = client.entry(room, "unsubscribe");
            client.channels().remove(channel);
            registry.leave(room, client);
            reports.left(gone);
        }
    }

    @Override
    public void onWho(ChannelCall call, ChannelRequest.Who request) {
        Seat seat = seat(call);
        homes.who(request.channel())
                .otherwise(cause -> new JsonObject()
                        .put("type", "error")
                        .put("message", "Presence of " + request.channel() + " is not known now"))
                .onSuccess(told -> loops.tell(
                        seat,
                        new ChannelEvent.Told(
                                seat.session(),
                                told.put("timestamp", IsoLocal.now()).encode())));
    }

    @Override
    public void onSay(ChannelCall call, ChannelRequest.Say request) {
        post.whenRoom(() -> {
            Seat seat = seat(call);
            LocalClient client = registry.at(seat);
            if (client != null) {
                handle(client, request).onSuccess(done -> done(seat, "")).onFailure(cause -> {
                    errors.increment();
                    LOG.atDebug()
                            .addKeyValue("type", request.type())
                            .setCause(cause)
                            .log("a message failed");
                    done(seat, UNABLE);
                });
            }
        });
    }

    private void done(Seat seat, String error) {
        loops.tell(seat, new ChannelEvent.Done(seat.session(), error));
    }

    private Future<?> handle(LocalClient client, ChannelRequest.Say request) {
        MessageHandler handler = handlers.of(request.type());
        if (handler == null) {
            return Future.failedFuture("no handler");
        }
        try {
            return handler.handle(new ClientMessage(client.id(), client.user(), request.body()), outbox)
                    .mapEmpty();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
