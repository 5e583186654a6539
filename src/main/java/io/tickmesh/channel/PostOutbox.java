package io.tickmesh.channel;

import io.tickmesh.bus.Reached;
import io.tickmesh.bus.Room;
import io.tickmesh.market.IsoLocal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;

/** Stamps messages and posts them. */
final class PostOutbox implements Outbox {
    private final Post post;

    PostOutbox(Post post) {
        this.post = post;
    }

    @Override
    public Future<Integer> toClient(String client, JsonObject message) {
        return send(Room.client(client), message);
    }

    @Override
    public Future<Integer> toChannel(String channel, JsonObject message) {
        return send(Room.channel(channel), message);
    }

    @Override
    public Future<Integer> toUser(String user, JsonObject message) {
        return post(List.of(user), message).map(Reached::clients);
    }

    @Override
    public Future<Integer> toUsers(Collection<String> users, JsonObject message) {
        return post(users, message).map(Reached::clients);
    }

    /** The same, and for how many users it was stored. A client has one user, so whoever is reached for one is not for another. */
    Future<Reached> post(Collection<String> users, JsonObject message) {
        String json = stamped(message);
        List<Future<Reached>> sent = users.stream()
                .distinct()
                .map(user -> post.post(Room.user(user), json))
                .toList();
        return Future.all(sent)
                .map(all -> new Reached(
                        sent.stream().mapToInt(each -> each.result().clients()).sum(),
                        sent.stream().mapToInt(each -> each.result().stored()).sum()));
    }

    /** Whether messages for users who are not connected are stored. */
    boolean stores() {
        return post.stores();
    }

    @Override
    public Future<Integer> toAll(JsonObject message) {
        return send(Room.ALL, message);
    }

    private Future<Integer> send(Room room, JsonObject message) {
        return post.send(room, stamped(message));
    }

    private static String stamped(JsonObject message) {
        return message.getValue("timestamp") != null
                ? message.encode()
                : message.copy().put("timestamp", IsoLocal.now()).encode();
    }
}
