package io.tickmesh.channel;

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
        return send(Room.user(user), message);
    }

    /** A client has one user, so whoever is reached for one is not reached for another. */
    @Override
    public Future<Integer> toUsers(Collection<String> users, JsonObject message) {
        String json = stamped(message);
        List<Future<Integer>> sent = users.stream()
                .distinct()
                .map(user -> post.send(Room.user(user), json))
                .toList();
        return Future.all(sent)
                .map(all -> sent.stream().mapToInt(Future::result).sum());
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
