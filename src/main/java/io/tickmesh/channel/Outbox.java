package io.tickmesh.channel;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Collection;

/**
 * Sends to clients wherever in the cluster they are. Each send answers how many clients it reached, none included; it fails
 * if that could not be found out, or if the node has too many sends under way. A message without a {@code timestamp} gets
 * one.
 */
public interface Outbox {
    Future<Integer> toClient(String client, JsonObject message);

    Future<Integer> toChannel(String channel, JsonObject message);

    /** To all clients of a user. */
    Future<Integer> toUser(String user, JsonObject message);

    /** To all clients of a group of users, to each client once. */
    Future<Integer> toUsers(Collection<String> users, JsonObject message);

    Future<Integer> toAll(JsonObject message);
}
