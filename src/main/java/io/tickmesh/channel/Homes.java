package io.tickmesh.channel;

import io.tickmesh.bus.Finding;
import io.tickmesh.bus.Inquiry;
import io.tickmesh.bus.Room;
import io.tickmesh.bus.RoomUpdate.Entry;
import io.tickmesh.channel.Histories.Kept;
import io.tickmesh.config.ChannelsConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** What is asked of the home of a room: the asking, wherever the home is, and the answers of this node for its rooms. */
final class Homes {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);
    private static final int NOT_HERE = 409;

    private final View view;
    private final Home home;
    private final Post post;
    private final Peers peers;
    private final ChannelsConfig config;
    private final BiConsumer<Duration, Runnable> later;
    private final Map<String, HandOver> handOvers = new HashMap<>();
    private boolean someFailed;

    Homes(View view, Home home, Post post, Peers peers, ChannelsConfig config, BiConsumer<Duration, Runnable> later) {
        this.view = view;
        this.home = home;
        this.post = post;
        this.peers = peers;
        this.config = config;
        this.later = later;
    }

    /** Whether a client of this node may have its id. */
    Future<Boolean> claim(String client) {
        return ask(Room.client(client), "claim", new JsonObject().put("node", view.self()))
                .map(found -> found.getBoolean("given", false));
    }

    /** A client of this node enters a room; where a channel stands, and what followed a number (-1: nothing asked). */
    Future<JsonObject> enter(Entry entry, long after) {
        JsonObject arguments = new JsonObject()
                .put("node", view.self())
                .put("client", entry.client())
                .put("user", entry.user())
                .put("watches", entry.watches())
                .put("after", after);
        return ask(entry.room(), "enter", arguments);
    }

    Future<JsonObject> who(String channel) {
        return ask(Room.channel(channel), "who", new JsonObject());
    }

    Future<JsonObject> idsOf(String channel) {
        return ask(Room.channel(channel), "ids", new JsonObject());
    }

    /** The node that a client is on; empty if it is nowhere. */
    Future<String> nodeOf(String client) {
        return ask(Room.client(client), "where", new JsonObject()).map(found -> found.getString("node", ""));
    }

    private Future<JsonObject> ask(Room room, String subject, JsonObject arguments) {
        arguments.put("kind", room.kind().name()).put("room", room.name());
        return ask(
                room,
                new Inquiry(subject, arguments),
                config.maxRetries(),
                System.nanoTime() + config.retryTimeout().toNanos());
    }

    private Future<JsonObject> ask(Room room, Inquiry inquiry, int tries, long deadline) {
        String to = view.homeOf(room);
        Future<Finding> asked = to.equals(view.self())
                ? answer(inquiry)
                : peers.ask(to, inquiry.subject(), inquiry.arguments())
                        .recover(cause -> Peers.isNobodyThere(cause)
                                ? Future.succeededFuture(Finding.refused(NOT_HERE, "nobody is there"))
                                : Future.failedFuture(cause));
        return asked.compose(found -> {
            if (found.status() == 200) {
                return Future.succeededFuture(found.body());
            }
            if (found.status() != NOT_HERE || tries == 0 || System.nanoTime() - deadline > 0) {
                return Future.failedFuture(found.body().getString("detail", "refused"));
            }
            Promise<JsonObject> again = Promise.promise();
            later.accept(
                    BETWEEN_TRIES, () -> ask(room, inquiry, tries - 1, deadline).onComplete(again));
            return again.future();
        });
    }

    /** Answers for a room of this node; 409 if it is kept elsewhere, 404 if that is no question to a home. */
    Future<Finding> answer(Inquiry inquiry) {
        JsonObject arguments = inquiry.arguments();
        if (inquiry.subject().equals("history")) {
            return Future.succeededFuture(adopt(arguments));
        }
        if (inquiry.subject().equals("unsure")) {
            return Future.succeededFuture(doubt(arguments));
        }
        Room room = new Room(Room.Kind.valueOf(arguments.getString("kind", "ALL")), arguments.getString("room", ""));
        Supplier<Future<Finding>> answer = () -> Future.succeededFuture(
                view.isHome(room)
                        ? answer(inquiry.subject(), room, arguments)
                        : Finding.refused(NOT_HERE, "kept elsewhere"));
        return inquiry.subject().equals("enter") ? post.whenReady(room, answer) : post.whenWhole(answer);
    }

    private Finding answer(String subject, Room room, JsonObject arguments) {
        String node = arguments.getString("node", "");
        return switch (subject) {
            case "claim" -> Finding.of(new JsonObject().put("given", home.claim(node, room.name())));
            case "enter" -> {
                home.enter(
                        node,
                        new Entry(
                                room,
                                arguments.getString("client", ""),
                                arguments.getString("user"),
                                arguments.getBoolean("watches", false),
                                ""));
                post.handOver(room);
                yield Finding.of(
                        room.kind() == Room.Kind.CHANNEL
                                ? home.standing(room.name(), arguments.getLong("after", -1L))
                                : new JsonObject());
            }
            case "who" -> Finding.of(home.who(room.name()));
            case "ids" -> Finding.of(new JsonObject().put("ids", home.idsOf(room.name())));
            case "where" ->
                Finding.of(new JsonObject()
                        .put(
                                "node",
                                home.directory().nodesOf(room).stream()
                                        .findFirst()
                                        .orElse("")));
            default -> Finding.refused(404, "nothing is known of " + subject);
        };
    }

    private Finding adopt(JsonObject arguments) {
        home.histories()
                .adopt(
                        arguments.getString("channel", ""),
                        new Kept(
                                arguments.getLong("last", 0L),
                                arguments.getLong("floor", 0L),
                                Home.messages(arguments.getJsonArray("messages"))));
        return Finding.of(new JsonObject());
    }

    /** A node, for which another has kept these channels, asks who is there; it is told as news are. */
    private Finding doubt(JsonObject arguments) {
        String node = arguments.getString("node", "");
        arguments
                .getJsonArray("channels", new JsonArray())
                .forEach(channel -> home.onMissed(node, Room.channel(String.valueOf(channel))));
        return Finding.of(new JsonObject());
    }

    /** The history of a channel is on its way to a node. */
    private record HandOver(String to, Future<?> done) {}

    /** Hands the histories of channels that other nodes keep to these; the ends of that by node. */
    Map<String, List<Future<?>>> handOver() {
        Map<String, List<Future<?>>> byNode = new HashMap<>();
        for (String channel : home.histories().channels()) {
            String to = view.homeOf(Room.channel(channel));
            if (!to.equals(view.self())) {
                byNode.computeIfAbsent(to, node -> new ArrayList<>()).add(handOver(channel, to));
            }
        }
        return byNode;
    }

    /** Tries again what has failed; to be called now and then. */
    void handOverAgain() {
        if (someFailed) {
            someFailed = false;
            handOver();
        }
    }

    private Future<?> handOver(String channel, String to) {
        HandOver underWay = handOvers.get(channel);
        if (underWay != null && underWay.to().equals(to)) {
            return underWay.done();
        }
        HandOver begun = new HandOver(to, pass(channel, to).onSuccess(taken -> {
            if (view.homeOf(Room.channel(channel)).equals(to)) {
                home.histories().forget(channel);
            }
        }));
        handOvers.put(channel, begun);
        begun.done().onFailure(cause -> someFailed = true).onComplete(over -> handOvers.remove(channel, begun));
        return begun.done();
    }

    private Future<Finding> pass(String channel, String to) {
        Kept kept = home.histories().of(channel);
        JsonObject arguments = new JsonObject()
                .put("channel", channel)
                .put("last", kept.last())
                .put("floor", kept.floor())
                .put("messages", Home.list(kept.messages()));
        return peers.ask(to, "history", arguments);
    }
}
